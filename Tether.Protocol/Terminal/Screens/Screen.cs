using Tether.Protocol.Terminal.Images;
using Tether.Protocol.Terminal.Modes;

namespace Tether.Protocol.Terminal.Screens;

/// <summary>
/// The state that sequences act on: two grids, cursor, pen, margins, tabs, charsets, modes. The operations themselves live beside it,
/// by family (<see cref="Printing"/>, <see cref="CursorMovement"/>, <see cref="Scrolling"/>, <see cref="Erasing"/> …).
/// </summary>
internal sealed class Screen
{
    private readonly SavedCursor[] _saved = [new(), new()];
    private readonly KittyKeyboard[] _kitty = [new(), new()];
    private ImageStream? _images;
    private Style _style;
    private ulong _paint;
    private ulong _blank;
    private bool _isPaintKnown = true;
    private bool _isBlankKnown = true;

    public Screen(TerminalOptions options, ScreenOutput output)
    {
        Options = options;
        Output = output;
        Primary = new Grid(Math.Clamp(options.Columns, 1, MaxColumns), Math.Clamp(options.Rows, 1, MaxRows));
        Grid = Primary;
        Scrollback = new Scrollback(Tables, Math.Max(0, options.ScrollbackRows));
        Tabs = new TabStops(Columns);
        Colors = new ColorState(options);
        Bottom = Rows;
        Right = Columns;
    }

    public const int MaxColumns = 2000;
    public const int MaxRows = 1000;
    public const int DefaultConformanceLevel = 4;

    public TerminalOptions Options { get; }

    public ScreenOutput Output { get; }

    public ScreenTables Tables { get; } = new();

    public TerminalModes Modes { get; } = new();

    public ColorState Colors { get; }

    public TitleState Titles { get; } = new();

    public Scrollback Scrollback { get; set; }

    /// <summary>Made with the first image.</summary>
    public ImageStream Images => _images ??= new ImageStream();

    public TabStops Tabs { get; }

    public Grid Primary { get; set; }

    /// <summary>Made when first shown.</summary>
    public Grid? Alternate { get; set; }

    /// <summary>The one shown.</summary>
    public Grid Grid { get; set; }

    public bool IsAlternate => Grid != Primary;

    public int Columns => Grid.Columns;

    public int Rows => Grid.Rows;

    public int Row { get; set; }

    public int Column { get; set; }

    /// <summary>The last column was written; the next character wraps first.</summary>
    public bool PendingWrap { get; set; }

    // Margins: top and left inclusive, bottom and right exclusive.
    public int Top { get; set; }

    public int Bottom { get; set; }

    public int Left { get; set; }

    public int Right { get; set; }

    public bool IsFullWidth => Left == 0 && Right == Columns;

    public Charsets Charsets = new();

    /// <summary>Content of the character that REP repeats, 0 for none: only what was printed just before counts.</summary>
    public ulong LastPrinted { get; set; }

    /// <summary>State of <see cref="Unicode.GraphemeBreaker"/> for the text before the cursor.</summary>
    public int ClusterState { get; set; }

    /// <summary>DECSCL: 1–5, for VT100 to VT500. Left and right margins begin with 4.</summary>
    public int ConformanceLevel { get; set; } = DefaultConformanceLevel;

    /// <summary>DECSACE: DECCARA and DECRARA take whole lines between the corners.</summary>
    public bool ChangesWholeLines { get; set; } = true;

    public PenStack PenStack { get; } = new();

    public string? WorkingDirectory { get; set; }

    /// <summary>Absolute number of the first visible row.</summary>
    public long TopRow => Scrollback.FirstRow + Scrollback.Count;

    public PlaceList PrimaryPlaces { get; } = new();

    public PlaceList AlternatePlaces { get; } = new();

    /// <summary>Of the screen shown.</summary>
    public PlaceList Places => IsAlternate ? AlternatePlaces : PrimaryPlaces;

    /// <summary>What <see cref="Places"/> calls the first visible row.</summary>
    public long PlaceTop => IsAlternate ? 0 : TopRow;

    /// <summary>Rows that ever left the top of the primary screen.</summary>
    public long ScrolledRows { get; set; }

    /// <summary>Modes put aside by XTSAVE (CSI ? n s), by number.</summary>
    public Dictionary<int, bool> SavedModes { get; } = [];

    public ref SavedCursor Saved => ref _saved[IsAlternate ? 1 : 0];

    public ref SavedCursor SavedOf(bool alternate) => ref _saved[alternate ? 1 : 0];

    public KittyKeyboard Kitty => _kitty[IsAlternate ? 1 : 0];

    public KittyKeyboard KittyOf(bool alternate) => _kitty[alternate ? 1 : 0];

    /// <summary>What SGR set.</summary>
    public Style Style
    {
        get => _style;
        set
        {
            _style = value;
            ForgetPaint();
        }
    }

    public Hyperlink? Link { get; private set; }

    /// <summary>The protection bit of new characters, or 0.</summary>
    public ulong Protection { get; private set; }

    /// <summary>Which of the two kinds of protection was used last; they exclude each other.</summary>
    public ProtectionKind ProtectionKind { get; set; }

    /// <summary>DECSCA's parameter as given: 0 and 2 mean the same, but are reported as sent.</summary>
    public int ProtectionParameter { get; set; }

    /// <summary>Everything of a new cell but its content.</summary>
    public ulong Paint
    {
        get
        {
            if (!_isPaintKnown)
            {
                MixPaint();
            }

            return _paint;
        }
    }

    /// <summary>An erased cell: the background of the pen, nothing else (xterm's "bce").</summary>
    public ulong Blank
    {
        get
        {
            if (!_isBlankKnown)
            {
                _isBlankKnown = true;
                _blank = _style.Background.IsDefault
                    ? 0
                    : (ulong)TableSweeper.Number(this, new Style(default, _style.Background, default, default)) << Cell.StyleShift;
            }

            return _blank;
        }
    }

    public void SetLink(Hyperlink? link)
    {
        Link = link;
        _isPaintKnown = false;
    }

    public void SetProtection(ulong bits)
    {
        Protection = bits;
        _isPaintKnown = false;
    }

    public void ResetMargins()
    {
        Top = 0;
        Bottom = Rows;
        Left = 0;
        Right = Columns;
    }

    /// <summary>Puts the cursor somewhere on the screen and forgets a pending wrap.</summary>
    public void MoveTo(int row, int column)
    {
        Row = Math.Clamp(row, 0, Rows - 1);
        Column = Math.Clamp(column, 0, Columns - 1);
        PendingWrap = false;
    }

    /// <summary>Forgets what was sent to be shown later.</summary>
    public void ForgetImages() => _images?.Clear();

    public void UpdateKitty() => Modes.KittyFlags = Kitty.Current;

    private void MixPaint()
    {
        _isPaintKnown = true;
        ulong link = Link is null ? 0 : (ulong)TableSweeper.Number(this, Link) << Cell.LinkShift;
        _paint = link | ((ulong)TableSweeper.Number(this, _style) << Cell.StyleShift) | Protection;
    }

    /// <summary>Numbers changed: work the pen out again.</summary>
    public void ForgetPaint()
    {
        _isPaintKnown = false;
        _isBlankKnown = false;
    }
}
