using Tether.Tui.Rendering;

namespace Tether.Tui.Dashboard.Layout;

/// <summary>
/// Where the parts of the dashboard are. They cover the terminal and never overlap; a part that is not shown is empty. Made for 40×10 to 500×150,
/// and defined for every size.
/// </summary>
internal sealed record DashboardLayout
{
    /// <summary>Narrower terminals have one column: the list or the tiles.</summary>
    public const int LeastColumnsForTwo = 64;

    private const int LeastListColumns = 24;
    private const int MostListColumns = 36;
    private const int ListShare = 4;
    private const int MostQueueRows = 3;
    private const int LeastCardRows = 24;

    private DashboardLayout(int columns, int rows, DashboardOptions options)
    {
        var (top, bottom) = (rows >= 3 ? 1 : 0, rows >= 2 ? 1 : 0);
        var queue = Math.Clamp(options.QueueItems, 0, QueueRows(rows));
        var body = new Area(0, top, columns, Math.Max(0, rows - top - bottom - queue));
        Top = new Area(0, 0, columns, top);
        Queue = new Area(0, body.Bottom, columns, queue);
        var card = options.HasCard ? CardRows(body.Rows) : 0;
        body = body with { Rows = body.Rows - card };
        Card = new Area(0, body.Bottom, columns, card);
        Bottom = new Area(0, rows - bottom, columns, bottom);

        IsOneColumn = columns < LeastColumnsForTwo;
        var list = IsOneColumn ? (options.IsListInFront ? columns : 0)
            : options.IsListFolded ? 0
            : Math.Clamp(columns / ListShare, LeastListColumns, MostListColumns);
        List = body with { Columns = list };
        Tiles = body with { Column = list, Columns = columns - list };
    }

    public Area Top { get; }

    public Area List { get; }

    public Area Tiles { get; }

    public Area Card { get; }

    public Area Queue { get; }

    public Area Bottom { get; }

    public bool IsOneColumn { get; }

    /// <param name="columns">Of the terminal; not negative.</param>
    /// <param name="rows">Of the terminal; not negative.</param>
    /// <param name="options">What is to be shown.</param>
    public static DashboardLayout For(int columns, int rows, DashboardOptions options) => new(columns, rows, options);

    public Area Of(DashboardPart part) => part switch
    {
        DashboardPart.Top => Top,
        DashboardPart.List => List,
        DashboardPart.Tiles => Tiles,
        DashboardPart.Card => Card,
        DashboardPart.Queue => Queue,
        _ => Bottom,
    };

    /// <summary>The part at a cell, and the cell's place in it; null outside the terminal.</summary>
    public (DashboardPart Part, int Column, int Row)? At(int column, int row)
    {
        foreach (var part in Enum.GetValues<DashboardPart>())
        {
            var area = Of(part);
            if (area.Contains(column, row))
            {
                return (part, column - area.Column, row - area.Row);
            }
        }

        return null;
    }

    // What is decided on must be read; the tiles come back when it is. On a high terminal both have room.
    private static int CardRows(int rows) => rows < LeastCardRows + (LeastCardRows / 3) ? rows : Math.Max(LeastCardRows, rows * 3 / 5);

    // On a low terminal the tiles need the rows more.
    private static int QueueRows(int rows) => rows switch
    {
        < 8 => 0,
        < 16 => 1,
        < 24 => 2,
        _ => MostQueueRows,
    };
}
