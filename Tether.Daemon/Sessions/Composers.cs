using Tether.Protocol.Terminal;

namespace Tether.Daemon.Sessions;

/// <summary>What each program's composer looks like, empty and not.</summary>
internal static class Composers
{
    /// <summary>By the agent's name; null where nothing is known.</summary>
    public static Func<TerminalEmulator, ComposerLook>? Find(string? agent) => agent switch
    {
        "shell" => CommandLine,
        _ => null,
    };

    // Right behind the mark where a command line begins (OSC 133 B), with nothing to the right of it.
    private static ComposerLook CommandLine(TerminalEmulator emulator)
    {
        if (emulator.IsAlternateScreen || emulator.PromptMarks is not [.., { Kind: PromptMarkKind.Command } mark])
        {
            return ComposerLook.Unknown;
        }

        var (row, column) = (emulator.TopRow + emulator.Cursor.Row, emulator.Cursor.Column);
        return (mark.Row, mark.Column) != (row, column) ? ComposerLook.Text
            : IsBlank(emulator, row, column) ? ComposerLook.Empty
            : ComposerLook.Unknown;
    }

    private static bool IsBlank(TerminalEmulator emulator, long row, int from)
    {
        var view = emulator.RowAt(row);
        for (var column = from; column < view.Cells.Length; column++)
        {
            if (emulator.GetText(view.Cells[column], row, column).Trim().Length > 0)
            {
                return false;
            }
        }

        return true;
    }
}
