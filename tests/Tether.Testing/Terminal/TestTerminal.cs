using System.Text;
using Tether.Protocol.Terminal;

namespace Tether.Testing.Terminal;

/// <summary>An emulator that is fed strings and remembers what it told its owner.</summary>
public sealed class TestTerminal : ITerminalListener
{
    private readonly List<byte> _fed = [];

    private TestTerminal(TerminalOptions options) => Emulator = new TerminalEmulator(options, this);

    public TerminalEmulator Emulator { get; }

    /// <summary>Each answer as Latin-1 text.</summary>
    public List<string> Answers { get; } = [];

    /// <summary>The bytes that viewers must not see, as Latin-1 text.</summary>
    public List<string> Hidden { get; } = [];

    public List<(long Start, long End)> HiddenSpans { get; } = [];

    public List<TerminalEvent> Events { get; } = [];

    public (int Row, int Column) Cursor => Emulator.Cursor;

    /// <summary>The visible rows without trailing blanks.</summary>
    public string[] Lines => [.. Enumerable.Range(0, Emulator.Rows).Select(row => Line(Emulator.TopRow + row))];

    public string[] ScrollbackLines => [.. Enumerable.Range(0, Emulator.ScrollbackCount).Select(row => Line(Emulator.FirstRow + row))];

    public static TestTerminal Of(int columns, int rows, int scrollback = 1000) =>
        new(new TerminalOptions { Columns = columns, Rows = rows, ScrollbackRows = scrollback });

    public TestTerminal Feed(string text) => Feed(Encoding.UTF8.GetBytes(text));

    public TestTerminal Feed(params ReadOnlySpan<byte> bytes)
    {
        // Told before the emulator sees them: it hides bytes while it is fed.
        _fed.AddRange(bytes);
        Emulator.Feed(bytes);
        return this;
    }

    public string Line(long row) => Emulator.GetText(Emulator.RowAt(row));

    public Cell CellAt(int row, int column) => Emulator.RowAt(Emulator.TopRow + row).Cells[column];

    public Style StyleAt(int row, int column) => Emulator.GetStyle(CellAt(row, column));

    public void Answer(ReadOnlySpan<byte> answer) => Answers.Add(Encoding.Latin1.GetString(answer));

    public void Hide(long start, long end)
    {
        HiddenSpans.Add((start, end));
        Hidden.Add(Encoding.Latin1.GetString([.. _fed[(int)start..(int)end]]));
    }

    public void Raise(TerminalEvent terminalEvent) => Events.Add(terminalEvent);
}
