using Tether.Protocol.Terminal.Modes;
using Tether.Protocol.Terminal.Parsing;
using Tether.Protocol.Terminal.Screens;

namespace Tether.Protocol.Terminal.Sequences;

/// <summary>SM, RM, DECSET, DECRST, DECRQM, XTSAVE and XTRESTORE.</summary>
internal static class ModeSwitch
{
    /// <summary>What DECRQM says of a mode.</summary>
    private enum Report
    {
        Unknown = 0,
        Set = 1,
        Reset = 2,
        AlwaysReset = 4,
    }

    public static void Apply(Screen screen, in Sequence sequence, bool on)
    {
        bool isPrivate = sequence.Prefix == '?';
        bool hides = false;
        for (int i = 0; i < sequence.Count; i++)
        {
            int number = sequence[i];
            Set(screen, number, isPrivate, on);
            hides |= IsOursAlone(number, isPrivate, on);
        }

        if (hides)
        {
            screen.Output.Hide(sequence.Start, sequence.End);
        }
    }

    /// <summary>A viewer's terminal would report its own size (?2048), lock its keyboard (KAM) or echo what is typed (SRM).</summary>
    private static bool IsOursAlone(int number, bool isPrivate, bool on) => isPrivate ? number == 2048 && on : number is 2 or 12;

    public static void Save(Screen screen, in Sequence sequence)
    {
        for (int i = 0; i < sequence.Count && screen.SavedModes.Count < 256; i++)
        {
            if (State(screen, sequence[i], isPrivate: true) is var state && state is Report.Set or Report.Reset)
            {
                screen.SavedModes[sequence[i]] = state == Report.Set;
            }
        }
    }

    public static void Restore(Screen screen, in Sequence sequence)
    {
        for (int i = 0; i < sequence.Count; i++)
        {
            if (screen.SavedModes.TryGetValue(sequence[i], out bool on))
            {
                Set(screen, sequence[i], isPrivate: true, on);
            }
        }
    }

    /// <summary>DECRQM: CSI [?] n $ p, answered by CSI [?] n ; state $ y.</summary>
    public static void Query(Screen screen, in Sequence sequence)
    {
        bool isPrivate = sequence.Prefix == '?';
        var answer = new ByteText(stackalloc byte[32]);
        answer.Add(isPrivate ? "\e[?"u8 : "\e["u8);
        answer.Add(sequence[0]);
        answer.Add((byte)';');
        answer.Add((int)State(screen, sequence[0], isPrivate));
        answer.Add("$y"u8);
        Reports.Send(screen, sequence, answer.Bytes);
    }

    public static void Set(Screen screen, int number, bool isPrivate, bool on)
    {
        if (isPrivate && SetSpecial(screen, number, on))
        {
            return;
        }

        TerminalMode mode = ModeTable.Find(number, isPrivate);
        if (mode == TerminalMode.None || (mode == TerminalMode.LeftRightMargins && screen.ConformanceLevel < 4))
        {
            return;
        }

        screen.Modes[mode] = on;
        switch (mode)
        {
            case TerminalMode.Origin:
                CursorMovement.To(screen, 1, 1);
                break;
            case TerminalMode.LeftRightMargins when !on:
                screen.Left = 0;
                screen.Right = screen.Columns;
                screen.PendingWrap &= screen.Column == screen.Columns - 1;
                break;
            case TerminalMode.GraphemeClusters:
                screen.ClusterState = 0;
                break;
            case TerminalMode.InBandResize when on:
                Reports.InBandSize(screen);
                break;
        }
    }

    /// <summary>Modes that are more than a bit.</summary>
    private static bool SetSpecial(Screen screen, int number, bool on)
    {
        switch (number)
        {
            case 3:
                SetColumns(screen, on);
                return true;
            case 9 or 1000 or 1001 or 1002 or 1003:
                screen.Modes.MouseTracking = on ? (MouseTracking)number : MouseTracking.None;
                return true;
            case 1005 or 1006 or 1015 or 1016:
                if (on)
                {
                    screen.Modes.MouseEncoding = (MouseEncoding)number;
                }
                else if (screen.Modes.MouseEncoding == (MouseEncoding)number)
                {
                    screen.Modes.MouseEncoding = MouseEncoding.Default;
                }

                return true;
            case 47 or 1047 or 1048 or 1049:
                SetScreen(screen, number, on);
                return true;
            default:
                return false;
        }
    }

    private static void SetScreen(Screen screen, int number, bool on)
    {
        bool savesCursor = number is 1048 or 1049;
        if (savesCursor && on)
        {
            ScreenSwitch.SaveCursor(screen);
        }

        if (number != 1048 && on)
        {
            ScreenSwitch.ToAlternate(screen, clear: number == 1049);
        }

        if (number != 1048 && !on)
        {
            ScreenSwitch.ToPrimary(screen, clear: number == 1047);
        }

        if (savesCursor && !on)
        {
            ScreenSwitch.RestoreCursor(screen);
        }
    }

    // DECCOLM, where ?40 allows it: the size is the owner's, so only what comes with the change happens.
    private static void SetColumns(Screen screen, bool on)
    {
        if (!screen.Modes[TerminalMode.AllowColumn132])
        {
            return;
        }

        screen.Modes[TerminalMode.Column132] = on;
        screen.ResetMargins();
        screen.MoveTo(0, 0);
        if (!screen.Modes[TerminalMode.NoClearOnColumn132])
        {
            Erasing.Display(screen, 2, selective: false);
        }
    }

    private static Report State(Screen screen, int number, bool isPrivate)
    {
        if (isPrivate)
        {
            switch (number)
            {
                case 9 or 1000 or 1001 or 1002 or 1003:
                    return Of((int)screen.Modes.MouseTracking == number);
                case 1005 or 1006 or 1015 or 1016:
                    return Of((int)screen.Modes.MouseEncoding == number);
                case 47 or 1047 or 1049:
                    return Of(screen.IsAlternate);
                case 1048:
                    return Of(screen.Saved.IsSet);
            }
        }
        else if (number is 1 or 5 or 7 or 10 or 11 or 13 or 14 or 15 or 16 or 17 or 18 or 19)
        {
            // Guarded area, editing, erasure … modes of ECMA-48 that no terminal lets one set.
            return Report.AlwaysReset;
        }

        TerminalMode mode = ModeTable.Find(number, isPrivate);
        return mode == TerminalMode.None ? Report.Unknown : Of(screen.Modes[mode]);
    }

    private static Report Of(bool on) => on ? Report.Set : Report.Reset;
}
