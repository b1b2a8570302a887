using Tether.Protocol.Terminal.Parsing;
using Tether.Protocol.Terminal.Screens;

namespace Tether.Protocol.Terminal.Sequences;

/// <summary>DECSTBM and DECSLRM. A region has at least two rows or columns; setting one homes the cursor.</summary>
internal static class Margins
{
    public static void TopBottom(Screen screen, in Sequence sequence)
    {
        int top = sequence.Or(0, 1) - 1;
        int bottom = Math.Min(sequence.Or(1, screen.Rows), screen.Rows);
        if (bottom - top < 2 && !(top == 0 && bottom == screen.Rows))
        {
            return;
        }

        screen.Top = top;
        screen.Bottom = bottom;
        CursorMovement.To(screen, 1, 1);
    }

    /// <summary>CSI s means DECSLRM while DECLRMM (?69) is on, else "save cursor".</summary>
    public static void LeftRightOrSave(Screen screen, in Sequence sequence)
    {
        if (!screen.Modes[TerminalMode.LeftRightMargins])
        {
            if (sequence.Count == 0)
            {
                ScreenSwitch.SaveCursor(screen);
            }

            return;
        }

        int left = sequence.Or(0, 1) - 1;
        int right = Math.Min(sequence.Or(1, screen.Columns), screen.Columns);
        if (right - left < 2)
        {
            return;
        }

        screen.Left = left;
        screen.Right = right;
        CursorMovement.To(screen, 1, 1);
    }
}
