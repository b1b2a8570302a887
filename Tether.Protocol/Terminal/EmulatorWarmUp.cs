using System.Text;

namespace Tether.Protocol.Terminal;

/// <summary>
/// Has the emulator's hot methods, which are compiled for this machine's CPU instead of ahead of time, ready before the first output comes.
/// </summary>
public static class EmulatorWarmUp
{
    /// <summary>Draws a little of everything that floods consist of on a screen that nobody sees. Takes tens of milliseconds, once in a process.</summary>
    public static void Run()
    {
        var emulator = new TerminalEmulator(new TerminalOptions { Columns = 40, Rows = 4, ScrollbackRows = 100 });
        emulator.Feed("\e[2;10H\e[1;38;2;10;20;30;48;5;100mstyled\e[0m plain text, longer than a row of the screen is\r\n日本語 é e\u0301 👍🏽\r\n"u8);
        for (int i = 0; i < 300; i++)
        {
            emulator.Feed(Encoding.UTF8.GetBytes($"\e[3{i % 8}mline {i}\e[m of ascii\r\nund süße 日本 {i} ✓ 🎉\r\n"));
        }
    }
}
