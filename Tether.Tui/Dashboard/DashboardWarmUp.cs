using Tether.Protocol.Terminal;
using Tether.Tui.Rendering;

namespace Tether.Tui.Dashboard;

/// <summary>
/// Has what no build compiles ahead (the emulator's hot methods, and what of the library is made for our cells) compiled on another processor while the
/// program finds its settings and the daemon.
/// </summary>
internal static class DashboardWarmUp
{
    /// <summary>Does it on a thread of its own, which nobody waits for.</summary>
    public static void Start() => new Thread(Run) { Name = "warm-up", IsBackground = true }.Start();

    /// <summary>Draws a little of everything on a screen that nobody sees.</summary>
    public static void Run()
    {
        var frame = new Frame(24, 6);
        var canvas = new Canvas(frame, new Area(0, 0, frame.Columns, frame.Rows));
        canvas.Fill(default);
        canvas.Box(canvas.Whole, default, BoxKind.Single, "title");
        var renderer = new FrameRenderer();
        _ = renderer.Render(frame);
        var emulator = new TerminalEmulator(new TerminalOptions { Columns = 20, Rows = 4 }) { SuppressAnswers = true };
        emulator.Feed("\e[2J\e[1;1H\e[1;38;2;10;20;30;48;5;100mstyled\e[0m plain text, longer than a row\r\n日本語 é\e]2;title\e\\\e[?25h"u8);
        canvas.Part(canvas.Whole.Inset(1)).Draw(emulator, emulator.TopRow, 0);
        _ = renderer.Render(frame);
    }
}
