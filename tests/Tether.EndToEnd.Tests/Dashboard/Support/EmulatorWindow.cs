using System.Text;
using System.Text.RegularExpressions;
using Tether.Protocol.Terminal.Keys;

namespace Tether.EndToEnd.Tests.Dashboard.Support;

/// <summary>A window with our emulator.</summary>
internal sealed partial class EmulatorWindow(OuterTerminal terminal) : Window
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

    public override Task<string[]> Scrollback() => Task.FromResult(terminal.Scrollback);

    public override async Task UntilCopied(string text)
    {
        var copied = Copied();
        try
        {
            await Patience.Until(() => (copied = Copied()) == text, "the text in the clipboard");
        }
        catch (TimeoutException e)
        {
            throw new TimeoutException($"{e.Message}\nwanted: {text}\ncopied: {copied}\n{await Look()}");
        }
    }

    // OSC 52 ; c ; base64 ST.
    private string Copied() => ClipboardWrites().Matches(Encoding.UTF8.GetString(terminal.Captured)) is [.., var last]
        ? Encoding.UTF8.GetString(Convert.FromBase64String(last.Groups[1].Value))
        : "";

    [GeneratedRegex("\e]52;c;([A-Za-z0-9+/=]*)\e\\\\")]
    private static partial Regex ClipboardWrites();

    public override Task<Picture> Look() => Task.FromResult(PictureOf(terminal.Screen));

    public override async Task<Picture> Until(Func<Picture, bool> isSo, string what) =>
        PictureOf(await terminal.Until(screen => !screen.Modes.SynchronizedOutput && isSo(PictureOf(screen)), what));

    public override Task<int> Exited() => terminal.Exited;

    private static Picture PictureOf(OuterScreen screen) => new(screen.Columns, screen.Lines, screen.Modes.IsCursorVisible ? screen.Cursor : null);
}
