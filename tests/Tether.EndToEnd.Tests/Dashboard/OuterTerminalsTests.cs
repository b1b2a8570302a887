using Tether.EndToEnd.Tests.Dashboard.Support;
using Tether.Protocol.Terminal.Keys;

namespace Tether.EndToEnd.Tests.Dashboard;

/// <summary>Whatever lies between the dashboard and the person: it works, follows the window's size, and leaves nothing behind.</summary>
public sealed class OuterTerminalsTests
{
    [EndToEndTheory]
    [InlineData("linux")]
    [InlineData("screen")]
    [InlineData("vt100")]
    [InlineData("xterm")]
    [InlineData("xterm-kitty")]
    public async Task Under_any_name(string term)
    {
        await using var sandbox = new Sandbox();
        sandbox.Set("TERM", term);
        await Works(sandbox, "echo what was there; exec tether", leaves: "what was there");
    }

    [EndToEndFact("screen")]
    public async Task Inside_screen()
    {
        await using var sandbox = new Sandbox();
        var folder = Directory.CreateDirectory(Path.Combine(sandbox.Directory, "screens"), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        sandbox.Set("SCREENDIR", folder.FullName);
        var settings = sandbox.Write("screenrc", "startup_message off\n");
        await Works(sandbox, $"exec screen -U -c {settings} tether", leaves: "[screen is terminating]");
    }

    [EndToEndFact("tmux")]
    public async Task Inside_tmux()
    {
        await using var sandbox = new Sandbox();
        await Works(sandbox, $"exec tmux -S {sandbox.Directory}/tmux -f /dev/null new-session tether", leaves: "[exited]", rows: 41);
    }

    [EndToEndFact("ssh", "sshd", "ssh-keygen", Needs.Root)]
    public async Task Over_ssh()
    {
        await using var sandbox = new Sandbox();
        var folder = Directory.CreateDirectory(Path.Combine(sandbox.Directory, "ssh")).FullName;
        Directory.CreateDirectory("/run/sshd");
        sandbox.Write("ssh/sshd_config", $"HostKey {folder}/key\nAuthorizedKeysFile {folder}/key.pub\nStrictModes no\nUsePAM no\nPermitRootLogin yes\n");
        var variables = string.Join(' ', sandbox.Environment.Where(pair => pair.Key is not ("TERM" or "PS1")).Select(pair => $"{pair.Key}={pair.Value}"));
        var ssh = $"ssh-keygen -q -t ed25519 -N '' -f {folder}/key; exec ssh -q -tt -F none -i {folder}/key -o StrictHostKeyChecking=no -o UserKnownHostsFile=/dev/null "
            + $"-o ProxyCommand=\"$(command -v sshd) -i -f {folder}/sshd_config\" localhost 'env {variables} tether'";
        await Works(sandbox, ssh, leaves: "");
    }

    private static async Task Works(Sandbox sandbox, string command, string leaves, int rows = 40)
    {
        await sandbox.Detached("alpha", "sh", "-c", "echo hello from alpha; exec cat");
        await sandbox.Detached("beta", "sh", "-c", "printf '\\033[1;31mred\\033[m \\342\\224\\200\\342\\224\\200 \\346\\274\\242\\345\\255\\227 end\\n'; exec cat");
        var terminal = sandbox.OpenProgram(120, rows, "sh", "-c", command);
        var window = new EmulatorWindow(terminal);
        await window.UntilTile("alpha", "hello from alpha");
        await window.Until(picture => picture.ShowsIn("beta", "red ── 漢字 end"), "the other tile");
        await window.Press(Key.Enter);
        await window.Until(picture => picture.IsLive("alpha") && picture.Cursor is not null, "typing");
        await window.Type("typed\r");
        await window.Until(picture => picture.Box("alpha")!.Text is ["hello from alpha", "typed", "typed"], "echo and answer");
        terminal.Resize(90, 30);
        await window.Until(picture => picture.Columns == 90 && picture.IsLive("alpha") && picture.Shows("TYPE alpha") && picture.Boxes().All(box => box.Column + box.Columns <= 90), "the smaller window");
        await window.PressChord();
        await window.UntilShows("NAVIGATE");
        await window.Press(Key.Down);
        await window.UntilFocused("beta");
        await window.Type("q");
        Assert.Equal(0, await window.Exited());
        var screen = await terminal.Until(screen => screen.Modes == OuterModes.Fresh, $"the modes {OuterModes.Fresh}");
        Assert.Equal(leaves, screen.Text.Trim());
        Assert.Equal(terminal.SettingsBefore, terminal.Settings);
    }
}
