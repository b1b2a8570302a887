using System.Text;
using Tether.Protocol.Terminal;
using Tether.Protocol.Terminal.Modes;
using Tether.Protocol.Terminal.Screens;
using Tether.Protocol.Terminal.Snapshots;

namespace Tether.Testing.Terminal;

/// <summary>Everything that a snapshot must carry, as lines of text that two emulators can be compared by.</summary>
public static class StateText
{
    private const ulong Transient = (1UL << (int)TerminalMode.SynchronizedOutput) | (1UL << (int)TerminalMode.Column132)
        | (1UL << (int)TerminalMode.KeyboardLock) | (1UL << (int)TerminalMode.SendReceive);

    /// <param name="terminal">Whose state.</param>
    /// <param name="scrollback">Rows of scrollback to include.</param>
    public static string Of(TerminalEmulator terminal, int scrollback = 0)
    {
        ArgumentNullException.ThrowIfNull(terminal);
        Screen screen = terminal.Screen;
        var text = new StringBuilder();
        for (int row = -Math.Min(scrollback, terminal.ScrollbackCount); row < terminal.Rows; row++)
        {
            AddRow(text, terminal, $"row {row}", row < 0 ? terminal.RowAt(terminal.TopRow + row) : terminal.PrimaryRow(row));
        }

        for (int row = 0; terminal.IsAlternateScreen && row < terminal.Rows; row++)
        {
            AddRow(text, terminal, $"alternate {row}", terminal.RowAt(terminal.TopRow + row));
        }

        TerminalModes modes = terminal.Modes;
        text.AppendLine($"cursor {terminal.Cursor} pending {terminal.IsPendingWrap} pen {screen.Style} link {screen.Link} protected {screen.Protection}");
        text.AppendLine($"modes {modes.Bits & ~Transient:x} mouse {modes.MouseTracking} {modes.MouseEncoding}");
        text.AppendLine($"keys {modes.ModifyOtherKeys} {modes.FormatOtherKeys} shape {modes.CursorShape}");
        text.AppendLine($"margins {screen.Top} {screen.Bottom} {screen.Left} {screen.Right}");
        text.AppendLine($"tabs {string.Concat(Enumerable.Range(0, terminal.Columns).Select(column => screen.Tabs[column] ? 'T' : '.'))}");
        text.AppendLine($"charsets {Describe(screen.Charsets)}");
        text.AppendLine($"selective {screen.ProtectionKind == ProtectionKind.Iso} titles {screen.Titles.SetsHex} {screen.Titles.ReportsHex}");
        text.AppendLine($"title '{terminal.Title}' icon '{screen.Titles.Icon}' stack {string.Join('|', screen.Titles.Stack)} at {terminal.WorkingDirectory}");
        AddScreenState(text, screen, alternate: false);
        if (terminal.IsAlternateScreen)
        {
            AddScreenState(text, screen, alternate: true);
        }

        foreach ((int color, int index) in screen.Colors.Overrides.ToArray().Select((color, index) => (color, index)).Where(pair => pair.color >= 0))
        {
            text.AppendLine($"color {index} {color:x6}");
        }

        text.AppendLine($"dynamic {string.Join(' ', Enumerable.Range(10, 10).Select(number => screen.Colors.DynamicOverride(number)))}");
        return text.ToString();
    }

    /// <summary>What a program put aside: only an emulator that goes on for another is given it, not a viewer's terminal.</summary>
    public static string Registers(TerminalEmulator terminal)
    {
        ArgumentNullException.ThrowIfNull(terminal);
        Screen screen = terminal.Screen;
        string modes = string.Join(' ', screen.SavedModes.Where(pair => pair.Key is not (47 or (>= 1047 and <= 1049))).OrderBy(pair => pair.Key));
        return $"level {screen.ConformanceLevel} extent {screen.ChangesWholeLines} pens {string.Join('|', screen.PenStack.Styles)} saved {modes}";
    }

    private static void AddScreenState(StringBuilder text, Screen screen, bool alternate)
    {
        KittyKeyboard kitty = screen.KittyOf(alternate);
        text.AppendLine($"kitty {(int)kitty.Current} over {string.Join(' ', kitty.Saved.ToArray().Select(flags => (int)flags))}");

        // While the alternate screen is shown, the saved cursor of the primary is where its cursor will be.
        SavedCursor saved = screen.SavedOf(alternate);
        if (alternate == screen.IsAlternate && CursorWriter.IsOutOfReach(screen))
        {
            return;
        }

        text.AppendLine($"saved {saved.Row},{saved.Column} origin {saved.Origin} {saved.Style} {saved.Protection} {Describe(saved.Charsets)}");
    }

    private static void AddRow(StringBuilder text, TerminalEmulator terminal, string name, RowView row)
    {
        text.Append(name).Append(" |");
        Style style = default;
        string link = "";
        foreach (Cell cell in row.Cells[..row.UsedLength])
        {
            Style next = terminal.GetStyle(cell);
            string nextLink = terminal.GetLink(cell)?.ToString() ?? "";
            if (next != style || nextLink != link)
            {
                text.Append($"<{next.Foreground.Bits:x},{next.Background.Bits:x},{next.UnderlineColor.Bits:x},{(int)next.Flags:x}{nextLink}>");
                (style, link) = (next, nextLink);
            }

            text.Append(cell.IsProtected ? "!" : "").Append(terminal.GetText(cell));
        }

        const string NoStyle = "<0,0,0,0>";
        while (text[^1] == ' ' && style.IsDefault && link.Length == 0)
        {
            text.Length--;
        }

        if (text.Length > NoStyle.Length && text.ToString(text.Length - NoStyle.Length, NoStyle.Length) == NoStyle)
        {
            text.Length -= NoStyle.Length;
        }

        text.Append('|');

        // The last row of a line cannot be told from a full row: on a screen of one row, and where the cursor waits to wrap once more.
        bool isPending = terminal.IsPendingWrap && row.Number == terminal.TopRow + terminal.Cursor.Row;
        text.AppendLine(row.IsWrapped && terminal.Rows > 1 && !isPending ? "+" : "");
    }

    private static string Describe(Charsets charsets) =>
        $"{(char)charsets[0]}{(char)charsets[1]}{(char)charsets[2]}{(char)charsets[3]} {charsets.Left} {charsets.Right} {charsets.Single}";
}
