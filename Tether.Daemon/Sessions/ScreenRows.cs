using Tether.Protocol.Terminal;

namespace Tether.Daemon.Sessions;

/// <summary>A session's screen as lines of text, for searches and lists.</summary>
internal static class ScreenRows
{
    /// <summary>The rows of the screen, trailing blanks cut.</summary>
    public static string[] Of(TerminalEmulator emulator)
    {
        var rows = new string[emulator.Rows];
        for (var row = 0; row < rows.Length; row++)
        {
            rows[row] = emulator.GetText(emulator.RowAt(emulator.TopRow + row)).TrimEnd();
        }

        return rows;
    }

    /// <summary>The lowest row that has any text; empty when none has.</summary>
    public static string LastLine(TerminalEmulator emulator) => Array.FindLast(Of(emulator), row => row.Length > 0) ?? "";
}
