namespace Tether.Protocol.Terminal.Screens;

/// <summary>Moves the cursor, within margins where DEC says so; Index and its kin scroll at the margin.</summary>
internal static class CursorMovement
{
    public static void Up(Screen screen, int count) =>
        screen.MoveTo(Math.Max(screen.Row - count, screen.Row < screen.Top ? 0 : screen.Top), screen.Column);

    public static void Down(Screen screen, int count) =>
        screen.MoveTo(Math.Min(screen.Row + count, (screen.Row >= screen.Bottom ? screen.Rows : screen.Bottom) - 1), screen.Column);

    public static void Forward(Screen screen, int count) =>
        screen.MoveTo(screen.Row, Math.Min(screen.Column + count, (screen.Column >= screen.Right ? screen.Columns : screen.Right) - 1));

    /// <summary>CUB and BS; with reverse wraparound (?45, ?1045) past the left margin to the row above.</summary>
    public static void Back(Screen screen, int count)
    {
        bool wraps = screen.Modes.Autowrap && (screen.Modes[TerminalMode.ReverseWrap] || screen.Modes[TerminalMode.ExtendedReverseWrap]);
        int left = screen.Column < screen.Left ? 0 : screen.Left;
        if (!wraps)
        {
            screen.MoveTo(screen.Row, Math.Max(screen.Column - count, left));
            return;
        }

        BackWrapping(screen, screen.PendingWrap ? count - 1 : count, left);
    }

    public static void CarriageReturn(Screen screen)
    {
        screen.Column = screen.Column >= screen.Left || screen.Modes.Origin ? screen.Left : 0;
        screen.PendingWrap = false;
    }

    /// <summary>LF, VT, FF.</summary>
    public static void LineFeed(Screen screen)
    {
        Index(screen);
        if (screen.Modes[TerminalMode.NewLine])
        {
            CarriageReturn(screen);
        }
    }

    /// <summary>IND: down, or scroll up at the bottom margin.</summary>
    public static void Index(Screen screen)
    {
        screen.PendingWrap = false;
        if (screen.Row == screen.Bottom - 1)
        {
            if (screen.Column >= screen.Left && screen.Column < screen.Right)
            {
                Scrolling.Up(screen, 1);
            }
        }
        else if (screen.Row < screen.Rows - 1)
        {
            screen.Row++;
        }
    }

    public static void ReverseIndex(Screen screen)
    {
        screen.PendingWrap = false;
        if (screen.Row == screen.Top)
        {
            if (screen.Column >= screen.Left && screen.Column < screen.Right)
            {
                Scrolling.Down(screen, 1);
            }
        }
        else if (screen.Row > 0)
        {
            screen.Row--;
        }
    }

    /// <summary>CUP, HVP: 1-based, from the margins in origin mode.</summary>
    public static void To(Screen screen, int row, int column)
    {
        ToRow(screen, row);
        ToColumn(screen, column);
    }

    public static void ToRow(Screen screen, int row)
    {
        bool origin = screen.Modes.Origin;
        int target = origin ? Math.Min(screen.Top + row - 1, screen.Bottom - 1) : row - 1;
        screen.MoveTo(target, screen.Column);
    }

    public static void ToColumn(Screen screen, int column)
    {
        bool origin = screen.Modes.Origin;
        int target = origin ? Math.Min(screen.Left + column - 1, screen.Right - 1) : column - 1;
        screen.MoveTo(screen.Row, target);
    }

    /// <summary>VPR, HPR, HPB: the margins stop the cursor in origin mode only.</summary>
    public static void By(Screen screen, int rows, int columns)
    {
        int row = screen.Row + rows;
        int column = screen.Column + columns;
        if (screen.Modes.Origin)
        {
            row = Math.Clamp(row, screen.Top, screen.Bottom - 1);
            column = Math.Clamp(column, screen.Left, screen.Right - 1);
        }

        screen.MoveTo(row, column);
    }

    public static void Tab(Screen screen, int count)
    {
        int last = (screen.Column >= screen.Right ? screen.Columns : screen.Right) - 1;
        int column = screen.Column;
        for (int i = 0; i < count && column < last; i++)
        {
            column = screen.Tabs.Next(column, last);
        }

        screen.Column = column;
    }

    public static void BackTab(Screen screen, int count)
    {
        int column = screen.Column;
        for (int i = 0; i < count && column > 0; i++)
        {
            column = screen.Tabs.Previous(column);
        }

        screen.MoveTo(screen.Row, column);
    }

    private static void BackWrapping(Screen screen, int count, int left)
    {
        int row = screen.Row;
        int column = screen.Column;
        count = Math.Min(count, screen.Rows * screen.Columns);
        while (count > column - left)
        {
            count -= column - left + 1;
            if (row == screen.Top || row == 0)
            {
                row = screen.Bottom;
            }

            row--;
            column = screen.Right - 1;
            left = screen.Left;
        }

        screen.MoveTo(row, column - count);
    }
}
