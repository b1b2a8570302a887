namespace Tether.Protocol.Terminal.Screens;

/// <summary>ED, EL, ECH and their selective forms, DECALN, and the rectangles of DECERA, DECSERA, DECFRA, DECCRA, DECCARA, DECRARA.</summary>
internal static class Erasing
{
    public static void Display(Screen screen, int what, bool selective)
    {
        screen.PendingWrap = false;
        switch (what)
        {
            case 0:
                Line(screen, 0, selective);
                Rows(screen, screen.Row + 1, screen.Rows, selective);
                break;
            case 1:
                Rows(screen, 0, screen.Row, selective);
                Line(screen, 1, selective);
                break;
            case 2:
                Rows(screen, 0, screen.Rows, selective);
                break;
            case 3 when !selective:
                screen.Scrollback.Clear();
                break;
        }
    }

    public static void Line(Screen screen, int what, bool selective)
    {
        screen.PendingWrap = false;
        int from = what == 0 ? screen.Column : 0;
        int to = what == 1 ? screen.Column + 1 : screen.Columns;
        if (what <= 2)
        {
            Span(screen, screen.Row, from, to, Keeps(screen, selective));
        }
    }

    public static void Characters(Screen screen, int count)
    {
        screen.PendingWrap = false;
        Span(screen, screen.Row, screen.Column, Math.Min(screen.Column + count, screen.Columns), Keeps(screen, selective: false));
    }

    /// <summary>DECALN: the screen full of E, no margins, cursor home.</summary>
    public static void Align(Screen screen)
    {
        screen.ResetMargins();
        screen.MoveTo(0, 0);
        PlaceMoves.Erased(screen, 0, screen.Rows);
        for (int row = 0; row < screen.Rows; row++)
        {
            screen.Grid.ClearRow(row, 'E');
        }
    }

    public static void Span(Screen screen, int row, int from, int to, bool keepProtected)
    {
        if (!keepProtected)
        {
            screen.Grid.Erase(row, from, to, screen.Blank);
            return;
        }

        for (int column = from; column < to; column++)
        {
            if ((screen.Grid.Row(row)[column] & Cell.ProtectedBit) == 0)
            {
                screen.Grid.Erase(row, column, column + 1, screen.Blank);
            }
        }
    }

    private static void Rows(Screen screen, int from, int to, bool selective)
    {
        bool keeps = Keeps(screen, selective);
        if (from > 0 && from < to && screen.Row + 1 == from)
        {
            screen.Grid.SetWrapped(from - 1, false);
        }

        if (!keeps)
        {
            PlaceMoves.Erased(screen, from, to);
        }

        for (int row = from; row < to; row++)
        {
            if (keeps)
            {
                Span(screen, row, 0, screen.Columns, keepProtected: true);
            }
            else
            {
                screen.Grid.ClearRow(row, screen.Blank);
            }
        }
    }

    private static bool Keeps(Screen screen, bool selective) =>
        screen.ProtectionKind == ProtectionKind.Iso || (selective && screen.ProtectionKind == ProtectionKind.Dec);
}
