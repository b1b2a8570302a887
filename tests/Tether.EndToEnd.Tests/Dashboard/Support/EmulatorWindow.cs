using Tether.Protocol.Terminal.Keys;

namespace Tether.EndToEnd.Tests.Dashboard.Support;

/// <summary>A window with our emulator.</summary>
internal sealed class EmulatorWindow(OuterTerminal terminal) : Window
{
    public OuterTerminal Terminal => terminal;

    public override Task Type(string text)
    {
        terminal.Type(text);
        return Task.CompletedTask;
    }

    public override Task Press(KeyPress press)
    {
        terminal.Press(press);
        return Task.CompletedTask;
    }

    public override Task Resize(int columns, int rows)
    {
        terminal.Resize(columns, rows);
        return Task.CompletedTask;
    }

    public override Task<Picture> Look() => Task.FromResult(PictureOf(terminal.Screen));

    public override async Task<Picture> Until(Func<Picture, bool> isSo, string what) =>
        PictureOf(await terminal.Until(screen => !screen.Modes.SynchronizedOutput && isSo(PictureOf(screen)), what));

    public override Task<int> Exited() => terminal.Exited;

    private static Picture PictureOf(OuterScreen screen) => new(screen.Columns, screen.Lines, screen.Modes.IsCursorVisible ? screen.Cursor : null);
}
