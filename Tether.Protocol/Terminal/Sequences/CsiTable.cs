using System.Runtime.CompilerServices;
using Tether.Protocol.Terminal.Parsing;
using Tether.Protocol.Terminal.Screens;

namespace Tether.Protocol.Terminal.Sequences;

internal delegate void CsiAction(Screen screen, in Sequence sequence);

/// <summary>One control sequence: <c>CSI prefix … intermediates final</c>, its name, and what it does.</summary>
internal readonly record struct CsiEntry(string Form, string Name, CsiAction Action);

/// <summary>All control sequences that are known. SEQUENCES.md describes the same list; a test compares them.</summary>
internal static class CsiTable
{
    public static readonly CsiEntry[] Entries =
    [
        new("@", "ICH", (s, in q) => Scrolling.InsertCells(s, q.Or(0, 1))),
        new("A", "CUU", (s, in q) => CursorMovement.Up(s, q.Or(0, 1))),
        new("B", "CUD", (s, in q) => CursorMovement.Down(s, q.Or(0, 1))),
        new("C", "CUF", (s, in q) => CursorMovement.Forward(s, q.Or(0, 1))),
        new("D", "CUB", (s, in q) => CursorMovement.Back(s, q.Or(0, 1))),
        new("E", "CNL", (s, in q) => ToLine(s, q.Or(0, 1))),
        new("F", "CPL", (s, in q) => ToLine(s, -q.Or(0, 1))),
        new("G", "CHA", (s, in q) => CursorMovement.ToColumn(s, q.Or(0, 1))),
        new("H", "CUP", (s, in q) => CursorMovement.To(s, q.Or(0, 1), q.Or(1, 1))),
        new("I", "CHT", (s, in q) => CursorMovement.Tab(s, q.Or(0, 1))),
        new("J", "ED", (s, in q) => Erasing.Display(s, q[0], selective: false)),
        new("K", "EL", (s, in q) => Erasing.Line(s, q[0], selective: false)),
        new("L", "IL", (s, in q) => Scrolling.InsertLines(s, q.Or(0, 1))),
        new("M", "DL", (s, in q) => Scrolling.DeleteLines(s, q.Or(0, 1))),
        new("P", "DCH", (s, in q) => Scrolling.DeleteCells(s, q.Or(0, 1))),
        new("S", "SU", (s, in q) => Scrolling.Up(s, q.Or(0, 1))),
        new("T", "SD", ScrollDown),
        new("X", "ECH", (s, in q) => Erasing.Characters(s, q.Or(0, 1))),
        new("Z", "CBT", (s, in q) => CursorMovement.BackTab(s, q.Or(0, 1))),
        new("^", "SD", (s, in q) => Scrolling.Down(s, q.Or(0, 1))),
        new("`", "HPA", (s, in q) => CursorMovement.ToColumn(s, q.Or(0, 1))),
        new("a", "HPR", (s, in q) => CursorMovement.By(s, 0, q.Or(0, 1))),
        new("b", "REP", (s, in q) => Printing.Repeat(s, q.Or(0, 1))),
        new("c", "DA1", Reports.PrimaryAttributes),
        new("d", "VPA", (s, in q) => CursorMovement.ToRow(s, q.Or(0, 1))),
        new("e", "VPR", (s, in q) => CursorMovement.By(s, q.Or(0, 1), 0)),
        new("f", "HVP", (s, in q) => CursorMovement.To(s, q.Or(0, 1), q.Or(1, 1))),
        new("g", "TBC", ClearTabs),
        new("h", "SM", (s, in q) => ModeSwitch.Apply(s, q, on: true)),
        new("i", "MC", Reports.Refuse),
        new("j", "HPB", (s, in q) => CursorMovement.By(s, 0, -q.Or(0, 1))),
        new("l", "RM", (s, in q) => ModeSwitch.Apply(s, q, on: false)),
        new("m", "SGR", (s, in q) => s.Style = Sgr.Apply(s.Style, q)),
        new("n", "DSR", Reports.Status),
        new("r", "DECSTBM", Margins.TopBottom),
        new("s", "SCOSC, DECSLRM", Margins.LeftRightOrSave),
        new("t", "XTWINOPS", WindowCommands.Apply),
        new("u", "SCORC", (s, in q) => ScreenSwitch.RestoreCursor(s)),
        new("x", "DECREQTPARM", Reports.TerminalParameters),
        new("?J", "DECSED", (s, in q) => Erasing.Display(s, q[0], selective: true)),
        new("?K", "DECSEL", (s, in q) => Erasing.Line(s, q[0], selective: true)),
        new("?S", "XTSMGRAPHICS", Reports.Graphics),
        new("?h", "DECSET", (s, in q) => ModeSwitch.Apply(s, q, on: true)),
        new("?i", "DECMC", Reports.Refuse),
        new("?l", "DECRST", (s, in q) => ModeSwitch.Apply(s, q, on: false)),
        new("?m", "XTQMODKEYS", Reports.ModifyOtherKeys),
        new("?n", "DSR", Reports.PrivateStatus),
        new("?r", "XTRESTORE", (s, in q) => ModeSwitch.Restore(s, q)),
        new("?s", "XTSAVE", (s, in q) => ModeSwitch.Save(s, q)),
        new("?u", "kitty query", Reports.KittyKeyboard),
        new(">T", "XTRMTITLE", (s, in q) => Titles.SetModes(s, q, on: false)),
        new(">c", "DA2", Reports.SecondaryAttributes),
        new(">f", "XTFMTKEYS", Keyboard.SetFormatOtherKeys),
        new(">m", "XTMODKEYS", Keyboard.SetModifyOtherKeys),
        new(">n", "XTMODKEYS off", Keyboard.DisableModifiers),
        new(">q", "XTVERSION", Reports.Version),
        new(">t", "XTSMTITLE", (s, in q) => Titles.SetModes(s, q, on: true)),
        new(">u", "kitty push", Keyboard.Push),
        new("<u", "kitty pop", Keyboard.Pop),
        new("=u", "kitty set", Keyboard.Set),
        new("=c", "DA3", Reports.TertiaryAttributes),
        new("!p", "DECSTR", (s, in q) => ScreenSwitch.SoftReset(s)),
        new("$p", "DECRQM", ModeSwitch.Query),
        new("?$p", "DECRQM", ModeSwitch.Query),
        new("\"p", "DECSCL", ConformanceLevel),
        new("\"q", "DECSCA", Protection),
        new(" q", "DECSCUSR", CursorStyle),
        new(" @", "SL", (s, in q) => Scrolling.Sideways(s, q.Or(0, 1))),
        new(" A", "SR", (s, in q) => Scrolling.Sideways(s, -q.Or(0, 1))),
        new("'}", "DECIC", (s, in q) => Scrolling.InsertColumns(s, q.Or(0, 1))),
        new("'~", "DECDC", (s, in q) => Scrolling.DeleteColumns(s, q.Or(0, 1))),
        new("'|", "DECRQLP", Reports.Locator),
        new("$r", "DECCARA", (s, in q) => ChangeArea(s, q, reverse: false)),
        new("$t", "DECRARA", (s, in q) => ChangeArea(s, q, reverse: true)),
        new("$u", "DECRQTSR", Reports.Refuse),
        new("&u", "DECRQUPSS", Reports.Refuse),
        new("$v", "DECCRA", CopyArea),
        new("$w", "DECRQPSR", Reports.PresentationState),
        new("$x", "DECFRA", (s, in q) => Rectangles.Fill(s, Rectangle.Read(s, q, 1), q[0])),
        new("$z", "DECERA", (s, in q) => Rectangles.Erase(s, Rectangle.Read(s, q, 0), keepProtected: false)),
        new("${", "DECSERA", (s, in q) => Rectangles.Erase(s, Rectangle.Read(s, q, 0), s.ProtectionKind == ProtectionKind.Dec)),
        new("\"v", "DECRQDE", Reports.DisplayedExtent),
        new("*x", "DECSACE", (s, in q) => s.ChangesWholeLines = q[0] != 2),
        new("*y", "DECRQCRA", Reports.Checksum),
        new("#p", "XTPUSHSGR", (s, in q) => s.PenStack.Push(s)),
        new("#{", "XTPUSHSGR", (s, in q) => s.PenStack.Push(s)),
        new("#q", "XTPOPSGR", (s, in q) => s.PenStack.Pop(s)),
        new("#}", "XTPOPSGR", (s, in q) => s.PenStack.Pop(s)),
        new("#|", "XTREPORTSGR", Reports.Refuse),
        new("#R", "XTREPORTCOLORS", Reports.Refuse),
    ];

    private static readonly CsiAction?[] Plain = new CsiAction?[64];
    private static readonly CsiAction?[] Private = new CsiAction?[64];
    private static readonly Dictionary<uint, CsiAction> Others = Index();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Dispatch(Screen screen, in Sequence sequence)
    {
        CsiAction? action;
        if (sequence.Intermediates == 0 && sequence.Prefix is 0 or (byte)'?')
        {
            action = (sequence.Prefix == 0 ? Plain : Private)[sequence.Final & 0x3F];
        }
        else
        {
            Others.TryGetValue(Key(sequence.Prefix, sequence.Intermediates, sequence.Final), out action);
        }

        action?.Invoke(screen, in sequence);
    }

    private static uint Key(byte prefix, ushort intermediates, byte final) => ((uint)prefix << 24) | ((uint)intermediates << 8) | final;

    private static Dictionary<uint, CsiAction> Index()
    {
        var others = new Dictionary<uint, CsiAction>();
        foreach (CsiEntry entry in Entries)
        {
            string form = entry.Form;
            byte prefix = form.Length > 1 && form[0] is '?' or '>' or '<' or '=' ? (byte)form[0] : (byte)0;
            string intermediates = form[(prefix == 0 ? 0 : 1)..^1];
            byte final = (byte)form[^1];
            if (intermediates.Length == 0 && prefix is 0 or (byte)'?')
            {
                (prefix == 0 ? Plain : Private)[final & 0x3F] = entry.Action;
            }
            else
            {
                others[Key(prefix, intermediates.Length == 0 ? (ushort)0 : intermediates[0], final)] = entry.Action;
            }
        }

        return others;
    }

    private static void ToLine(Screen screen, int rows)
    {
        if (rows > 0)
        {
            CursorMovement.Down(screen, rows);
        }
        else
        {
            CursorMovement.Up(screen, -rows);
        }

        CursorMovement.CarriageReturn(screen);
    }

    // With five parameters CSI T was xterm's highlight tracking.
    private static void ScrollDown(Screen screen, in Sequence sequence)
    {
        if (sequence.Count <= 1)
        {
            Scrolling.Down(screen, sequence.Or(0, 1));
        }
    }

    private static void ClearTabs(Screen screen, in Sequence sequence)
    {
        switch (sequence[0])
        {
            case 0:
                screen.Tabs[screen.Column] = false;
                break;
            case 3:
                screen.Tabs.ClearAll();
                break;
        }
    }

    private static void ConformanceLevel(Screen screen, in Sequence sequence)
    {
        if (sequence[0] is >= 61 and <= 65)
        {
            ScreenSwitch.SoftReset(screen);
            screen.ConformanceLevel = sequence[0] - 60;
        }
    }

    private static void Protection(Screen screen, in Sequence sequence)
    {
        if (sequence[0] <= 2)
        {
            screen.ProtectionKind = ProtectionKind.Dec;
            screen.ProtectionParameter = sequence[0];
            screen.SetProtection(sequence[0] == 1 ? Cell.ProtectedBit : 0);
        }
    }

    private static void CursorStyle(Screen screen, in Sequence sequence)
    {
        if (sequence[0] <= (int)CursorShape.SteadyBar)
        {
            screen.Modes.CursorShape = (CursorShape)sequence[0];
            screen.Modes[TerminalMode.CursorBlink] = sequence[0] is 1 or 3 or 5;
        }
    }

    private static void ChangeArea(Screen screen, in Sequence sequence, bool reverse) =>
        Rectangles.ChangeAttributes(screen, Rectangle.Read(screen, sequence, 0), sequence, reverse, screen.ChangesWholeLines);

    private static void CopyArea(Screen screen, in Sequence sequence)
    {
        Rectangle area = Rectangle.Read(screen, sequence, 0);
        bool origin = screen.Modes.Origin;
        int row = sequence.Or(5, 1) - 1 + (origin ? screen.Top : 0);
        int column = sequence.Or(6, 1) - 1 + (origin ? screen.Left : 0);
        Rectangles.Copy(screen, area, row, column);
    }
}
