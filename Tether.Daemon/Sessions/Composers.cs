using Tether.Protocol.Terminal;

namespace Tether.Daemon.Sessions;

/// <summary>
/// What each program's composer looks like, empty and not, as codex 0.169, claude 2.1, opencode 1.18 and pi 0.73 to 1.5 draw it: all of them keep the
/// terminal's cursor in it. A composer that looks like none of these is not known to be anything.
/// </summary>
internal static class Composers
{
    private const char Rule = '─';
    private const int LeastRule = 10;

    /// <summary>By the agent's name; null where nothing is known.</summary>
    public static Func<TerminalEmulator, ComposerLook>? Find(string? agent) => agent switch
    {
        "shell" => CommandLine,
        "claude" => Claude,
        "codex" => Codex,
        "opencode" => OpenCode,
        "pi" => Pi,
        _ => null,
    };

    // Right behind the mark where a command line begins (OSC 133 B), with nothing to the right of it.
    private static ComposerLook CommandLine(TerminalEmulator emulator)
    {
        if (emulator.IsAlternateScreen || emulator.PromptMarks is not [.., { Kind: PromptMarkKind.Command } mark])
        {
            return ComposerLook.Unknown;
        }

        var (row, column) = emulator.Cursor;
        return (mark.Row, mark.Column) != (emulator.TopRow + row, column) ? ComposerLook.Text
            : IsBlank(emulator, row, column) ? ComposerLook.Empty
            : ComposerLook.Unknown;
    }

    // One row between two rules, which begins with ❯; with ! it is a command for the shell.
    private static ComposerLook Claude(TerminalEmulator emulator)
    {
        const int Start = 2;
        if (!TryFindRules(emulator, out var above, out var below))
        {
            return ComposerLook.Unknown;
        }

        var prefix = At(emulator, above + 1, 0);
        if (prefix is not ("❯" or "!"))
        {
            return ComposerLook.Unknown;
        }

        var isEmpty = prefix == "❯" && below == above + 2 && emulator.Cursor.Column == Start && IsHint(emulator, above + 1, Start);
        return isEmpty ? ComposerLook.Empty : ComposerLook.Text;
    }

    // Rows behind ›, without a border.
    private static ComposerLook Codex(TerminalEmulator emulator)
    {
        const int Start = 2;
        var (cursorRow, column) = emulator.Cursor;
        var row = cursorRow;
        while (row > 0 && At(emulator, row, 0).Trim().Length == 0 && column >= Start && row > cursorRow - emulator.Rows)
        {
            row--;
        }

        if (At(emulator, row, 0) != "›" || column < Start || column >= emulator.Columns)
        {
            return ComposerLook.Unknown;
        }

        return row != cursorRow ? (IsBlank(emulator, cursorRow, 0) ? ComposerLook.Unknown : ComposerLook.Text)
            : column == Start && IsHint(emulator, row, Start) && IsBlank(emulator, row + 1, 0) ? ComposerLook.Empty
            : ComposerLook.Text;
    }

    // Rows behind ┃, a blank one above and below.
    private static ComposerLook OpenCode(TerminalEmulator emulator)
    {
        const int Indent = 3;
        const string Hint = "Ask anything";
        var (row, column) = emulator.Cursor;
        var border = 0;
        while (border < Math.Min(column, emulator.Columns) && At(emulator, row, border) != "┃")
        {
            border++;
        }

        var start = border + Indent;
        if (column < start || column >= emulator.Columns || At(emulator, row - 1, border) != "┃" || At(emulator, row + 1, border) != "┃")
        {
            return ComposerLook.Unknown;
        }

        var isSurrounded = IsBlank(emulator, row - 1, border + 1, border + Indent + Hint.Length) && IsBlank(emulator, row + 1, border + 1, border + Indent + Hint.Length);
        var isHint = IsBlank(emulator, row, start) || Text(emulator, row, start, start + Hint.Length) == Hint;
        return column == start && isSurrounded && isHint ? ComposerLook.Empty : ComposerLook.Text;
    }

    // One row between two rules.
    private static ComposerLook Pi(TerminalEmulator emulator)
    {
        if (!TryFindRules(emulator, out var above, out var below))
        {
            return ComposerLook.Unknown;
        }

        return below == above + 2 && emulator.Cursor.Column == 0 && IsBlank(emulator, above + 1, 0) ? ComposerLook.Empty : ComposerLook.Text;
    }

    // The rules above and below the cursor.
    private static bool TryFindRules(TerminalEmulator emulator, out int above, out int below)
    {
        (above, below) = (emulator.Cursor.Row - 1, emulator.Cursor.Row + 1);
        while (above >= 0 && !IsRule(emulator, above))
        {
            above--;
        }

        while (below < emulator.Rows && !IsRule(emulator, below))
        {
            below++;
        }

        return above >= 0 && below < emulator.Rows && emulator.Cursor.Column < emulator.Columns && !IsRule(emulator, emulator.Cursor.Row);
    }

    private static bool IsRule(TerminalEmulator emulator, int row) => Text(emulator, row, 0, LeastRule) == new string(Rule, LeastRule);

    // Nothing, or what a program writes faintly where nothing is; the cell under the cursor may be drawn otherwise.
    private static bool IsHint(TerminalEmulator emulator, int row, int from)
    {
        var cells = emulator.RowAt(emulator.TopRow + row).Cells;
        for (var column = from; column < cells.Length; column++)
        {
            var isFaint = emulator.GetStyle(cells[column]).Has(StyleFlags.Faint) || (column == from && column + 1 < cells.Length
                && emulator.GetStyle(cells[column + 1]).Has(StyleFlags.Faint));
            if (!isFaint && emulator.GetText(cells[column], emulator.TopRow + row, column).Trim().Length > 0)
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsBlank(TerminalEmulator emulator, int row, int from, int to = int.MaxValue) =>
        row >= 0 && row < emulator.Rows && Text(emulator, row, from, to).Trim().Length == 0;

    private static string At(TerminalEmulator emulator, int row, int column) => Text(emulator, row, column, column + 1);

    private static string Text(TerminalEmulator emulator, int row, int from, int to)
    {
        if (row < 0 || row >= emulator.Rows)
        {
            return "";
        }

        var cells = emulator.RowAt(emulator.TopRow + row).Cells;
        var text = "";
        for (var column = from; column < Math.Min(to, cells.Length); column++)
        {
            text += emulator.GetText(cells[column], emulator.TopRow + row, column);
        }

        return text;
    }
}
