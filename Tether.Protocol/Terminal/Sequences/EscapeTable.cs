using Tether.Protocol.Terminal.Screens;

namespace Tether.Protocol.Terminal.Sequences;

/// <summary>ESC, at most one intermediate, and a final byte; C1 controls are listed in their ESC form.</summary>
internal readonly record struct EscapeEntry(string Form, string Name, Action<Screen> Action);

internal static class EscapeTable
{
    public static readonly EscapeEntry[] Entries =
    [
        new("6", "DECBI", Scrolling.BackIndex),
        new("7", "DECSC", ScreenSwitch.SaveCursor),
        new("8", "DECRC", ScreenSwitch.RestoreCursor),
        new("9", "DECFI", Scrolling.ForwardIndex),
        new("=", "DECKPAM", s => s.Modes[TerminalMode.ApplicationKeypad] = true),
        new(">", "DECKPNM", s => s.Modes[TerminalMode.ApplicationKeypad] = false),
        new("D", "IND", CursorMovement.Index),
        new("E", "NEL", NextLine),
        new("H", "HTS", s => s.Tabs[s.Column] = true),
        new("M", "RI", CursorMovement.ReverseIndex),
        new("N", "SS2", s => s.Charsets.Single = 2),
        new("O", "SS3", s => s.Charsets.Single = 3),
        new("V", "SPA", s => Guard(s, Cell.ProtectedBit)),
        new("W", "EPA", s => Guard(s, 0)),
        new("c", "RIS", ScreenSwitch.HardReset),
        new("n", "LS2", s => s.Charsets.Left = 2),
        new("o", "LS3", s => s.Charsets.Left = 3),
        new("|", "LS3R", s => s.Charsets.Right = 3),
        new("}", "LS2R", s => s.Charsets.Right = 2),
        new("~", "LS1R", s => s.Charsets.Right = 1),
        new("#8", "DECALN", Erasing.Align),
    ];

    private static readonly Dictionary<int, Action<Screen>> Actions = Entries.ToDictionary(
        entry => entry.Form.Length == 1 ? entry.Form[0] : (entry.Form[0] << 8) | entry.Form[1], entry => entry.Action);

    public static void Dispatch(Screen screen, int intermediates, byte final)
    {
        if (Actions.TryGetValue((intermediates << 8) | final, out Action<Screen>? action))
        {
            action(screen);
        }
        else
        {
            Designate(screen, intermediates, final);
        }
    }

    // SCS: ( ) * + name G0–G3; - . / do the same for sets of 96, of which Latin-1 alone is of use.
    private static void Designate(Screen screen, int intermediates, byte final)
    {
        int first = intermediates > 0xFF ? intermediates >> 8 : intermediates;
        int set = first - '(';
        if (set is >= 0 and <= 3 && intermediates <= 0xFF)
        {
            screen.Charsets[set] = CharsetTables.IsKnown(final) ? final : Charsets.Ascii;
        }
    }

    private static void NextLine(Screen screen)
    {
        CursorMovement.Index(screen);
        CursorMovement.CarriageReturn(screen);
    }

    private static void Guard(Screen screen, ulong bits)
    {
        screen.ProtectionKind = ProtectionKind.Iso;
        screen.SetProtection(bits);
    }
}
