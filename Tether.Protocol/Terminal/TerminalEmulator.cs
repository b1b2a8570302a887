using System.Runtime.InteropServices;
using System.Text;
using Tether.Protocol.Terminal.Images;
using Tether.Protocol.Terminal.Parsing;
using Tether.Protocol.Terminal.Screens;
using Tether.Protocol.Terminal.Sequences;

namespace Tether.Protocol.Terminal;

/// <summary>
/// A terminal without a window: bytes of a program in, a screen out. Pure: no I/O, clock, logging or threads of its own; whoever owns it
/// feeds it from one thread. No input makes it throw.
/// </summary>
public sealed class TerminalEmulator
{
    public const int MaxColumns = Screen.MaxColumns;
    public const int MaxRows = Screen.MaxRows;

    private readonly Screen _screen;
    private VtParser _parser = new();
    private ulong[] _scratch = [];

    public TerminalEmulator(TerminalOptions options, ITerminalListener? listener = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        Options = options;
        _screen = new Screen(options, new ScreenOutput(listener));
    }

    public TerminalOptions Options { get; }

    /// <summary>Offset after the last byte fed. The owner sets it once before the first feed, to where its journal begins.</summary>
    public long Position { get => _parser.Position; set => _parser.Position = value; }

    /// <summary>
    /// Where a viewer may be cut off: <see cref="Position"/>, or the first byte of the escape sequence or character that is unfinished.
    /// </summary>
    public long SafePosition => _parser.SafePosition;

    public int Columns => _screen.Columns;

    public int Rows => _screen.Rows;

    /// <summary>0-based, on the visible screen.</summary>
    public (int Row, int Column) Cursor => (_screen.Row, _screen.Column);

    public bool IsCursorVisible => _screen.Modes.CursorVisible;

    public bool IsAlternateScreen => _screen.IsAlternate;

    /// <summary>The last column was written; the next character goes to the next row first.</summary>
    public bool IsPendingWrap => _screen.PendingWrap;

    public CursorShape CursorShape => _screen.Modes.CursorShape;

    /// <summary>OSC 0/2, without control characters; empty if never set.</summary>
    public string Title => _screen.Titles.Window;

    /// <summary>The path of OSC 7; null if never told.</summary>
    public string? WorkingDirectory => _screen.WorkingDirectory;

    public TerminalModes Modes => _screen.Modes;

    /// <summary>
    /// What OSC 4, 10, 11 and 12 answer where the program has not set a colour itself. A change between dark and light is reported to a program
    /// that asked for it (mode 2031).
    /// </summary>
    public TerminalColors Colors
    {
        get => _screen.Colors.Base;
        set
        {
            var wasDark = _screen.Colors.Base.IsDark;
            _screen.Colors.Base = value;
            if (_screen.Modes.ColorSchemeReports && value.IsDark != wasDark)
            {
                Reports.ColorScheme(_screen);
            }
        }
    }

    /// <summary>True while a journal is replayed: queries are still hidden, but not answered, and no events are raised.</summary>
    public bool SuppressAnswers { get => _screen.Output.Suppress; set => _screen.Output.Suppress = value; }

    /// <summary>Number of the oldest row kept.</summary>
    public long FirstRow => _screen.Scrollback.FirstRow;

    /// <summary>Number of the first visible row, of whichever screen is shown.</summary>
    public long TopRow => _screen.TopRow;

    /// <summary>Rows kept above the primary screen.</summary>
    public int ScrollbackCount => _screen.Scrollback.Count;

    /// <summary>Rows that ever left the top of the primary screen; never falls.</summary>
    public long ScrolledRows => _screen.ScrolledRows;

    /// <summary>
    /// Where the shell's prompts, commands and their output begin (OSC 133, 633), from top to bottom: of the primary screen and its scrollback,
    /// as far as <see cref="RowAt"/> gives their rows now.
    /// </summary>
    public IReadOnlyList<PromptMark> PromptMarks => Screens.PromptMarks.List(_screen);

    /// <summary>Counts feeds and resizes. A viewer remembers the number it has seen and asks for rows changed since.</summary>
    public long Sequence { get; private set; }

    internal Screen Screen => _screen;

    /// <summary>The title in the form that XTSMTITLE asked reports to have.</summary>
    internal string ReportedTitle => Titles.Reported(_screen.Titles);

    /// <summary>Takes output of the program, cut anywhere.</summary>
    public void Feed(ReadOnlySpan<byte> bytes)
    {
        Sequence++;
        _screen.Grid.Stamp = Sequence;
        var handler = new ScreenHandler(_screen);
        _parser.Feed(bytes, ref handler);
    }

    /// <summary>
    /// Changes the size, within 1–2000 columns and 1–1000 rows. A new width wraps the primary screen and its scrollback anew, so that
    /// rows get other numbers; the alternate screen is cut or padded.
    /// </summary>
    public void Resize(int columns, int rows)
    {
        columns = Math.Clamp(columns, 1, MaxColumns);
        rows = Math.Clamp(rows, 1, MaxRows);
        if (columns == Columns && rows == Rows)
        {
            return;
        }

        Sequence++;
        Resizing.Resize(_screen, columns, rows, Sequence);
        if (_screen.Modes.InBandResize)
        {
            Reports.InBandSize(_screen);
        }
    }

    /// <summary>The <see cref="Sequence"/> at which a visible row (from 0) last changed.</summary>
    public long ChangedAt(int screenRow) => _screen.Grid.ChangedAt(screenRow);

    /// <summary>A row by absolute number, from <see cref="FirstRow"/> up to <see cref="TopRow"/> + <see cref="Rows"/>.</summary>
    public RowView RowAt(long absoluteRow)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(absoluteRow, FirstRow);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(absoluteRow, TopRow + Rows);
        return absoluteRow < TopRow
            ? SealedRow(absoluteRow)
            : GridRow(_screen.Grid, absoluteRow, (int)(absoluteRow - TopRow));
    }

    /// <summary>The last prompt above a row (absolute number), or null.</summary>
    public PromptMark? PromptBefore(long row) => Screens.PromptMarks.Before(_screen, row);

    /// <summary>The first prompt below a row (absolute number), or null.</summary>
    public PromptMark? PromptAfter(long row) => Screens.PromptMarks.After(_screen, row);

    /// <summary>Follows the text of a cell wherever it goes.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such row or column now.</exception>
    public TrackedPosition Track(long absoluteRow, int column)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(absoluteRow, FirstRow);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(absoluteRow, TopRow + Rows);
        ArgumentOutOfRangeException.ThrowIfNegative(column);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(column, Columns);
        return new TrackedPosition(_screen, absoluteRow, column);
    }

    public Style GetStyle(Cell cell) => _screen.Tables.Styles[cell.StyleId];

    /// <summary>
    /// The text of one cell: a grapheme, a space where nothing was written, a shaded block where an image is; empty for the tail of a wide character.
    /// </summary>
    public string GetText(Cell cell, long row = 0, int column = 0) => IsImageCharacter(cell) ? Placeholder.Text : WrittenText(cell);

    /// <summary>True where kitty draws a part of an image: the cell's own text, U+10EEEE and what marks the part, is for terminals only.</summary>
    public bool IsImageCharacter(Cell cell) =>
        (cell.IsCluster ? _screen.Tables.Clusters.First(cell.CodePoint) : cell.CodePoint) == Placeholder.KittyCharacter;

    /// <summary>Where the cell leads, or null.</summary>
    public Hyperlink? GetLink(Cell cell) => _screen.Tables.Links[cell.LinkId];

    /// <summary>The text of a row without trailing blanks.</summary>
    public string GetText(RowView row)
    {
        var text = new StringBuilder();
        foreach (Cell cell in row.Cells)
        {
            text.Append(GetText(cell));
        }

        return text.ToString().TrimEnd(' ');
    }

    /// <summary>The text of one cell as a program wrote it.</summary>
    internal string WrittenText(Cell cell)
    {
        if (cell.IsCluster)
        {
            return _screen.Tables.Clusters.Text(cell.CodePoint);
        }

        return cell.Width == CellWidth.Tail ? "" : cell.CodePoint == 0 ? " " : char.ConvertFromUtf32(cell.CodePoint);
    }

    /// <summary>A row of the primary screen, also while the alternate one is shown.</summary>
    internal RowView PrimaryRow(int row) => GridRow(_screen.Primary, TopRow + row, row);

    private static RowView GridRow(Grid grid, long number, int row) =>
        new(number, MemoryMarshal.Cast<ulong, Cell>(grid.Row(row)), grid.IsWrapped(row));

    private RowView SealedRow(long number)
    {
        if (_scratch.Length < Columns)
        {
            _scratch = new ulong[Columns];
        }

        Span<ulong> cells = _scratch.AsSpan(0, Columns);
        _screen.Scrollback.Read(number, cells, out bool wrapped);
        return new RowView(number, MemoryMarshal.Cast<ulong, Cell>(cells), wrapped);
    }
}
