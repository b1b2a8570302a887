using System.Text;
using Tether.Testing;
using Tether.Tui.Terminal;
using Tether.Tui.Tests.Support;
using Xunit;

namespace Tether.Tui.Tests.Terminal;

public sealed class ClipboardTests
{
    private readonly List<string> _sent = [];
    private readonly Dictionary<string, string> _variables = [];
    private readonly string _folder = Directory.CreateDirectory(TestEnvironment.NewPath()).FullName;

    public ClipboardTests() => _variables["PATH"] = $"/nowhere:{_folder}";

    [Fact]
    public void A_text_goes_to_the_terminal_in_base64()
    {
        Assert.Equal("copied by OSC 52", Copy("grüße").ToString());
        Assert.Equal($"\e]52;c;{Convert.ToBase64String(Encoding.UTF8.GetBytes("grüße"))}\e\\", Assert.Single(_sent));
    }

    [Fact]
    public void A_text_that_is_too_long_for_terminals_is_said_to_be()
    {
        Assert.Equal("copied by OSC 52", Copy(new string('x', Clipboard.LongestForTerminal / 4 * 3)).ToString());
        _sent.Clear();
        Assert.Equal("not copied: too long for the terminal (OSC 52), and no clipboard tool was found", Copy(new string('x', Clipboard.LongestForTerminal)).ToString());
        Assert.Empty(_sent);
    }

    [Fact]
    public void Inside_screen_the_sequence_is_wrapped_in_short_pieces()
    {
        _variables["STY"] = "1.pts";
        Copy(new string('x', 1000));
        var pieces = Assert.Single(_sent).Split("\e\\", StringSplitOptions.RemoveEmptyEntries);
        Assert.True(pieces.Length > 5);
        Assert.All(pieces, piece => Assert.StartsWith("\eP", piece, StringComparison.Ordinal));
        Assert.Equal($"\e]52;c;{Convert.ToBase64String(Encoding.UTF8.GetBytes(new string('x', 1000)))}\a", string.Concat(pieces.Select(piece => piece[2..])));
    }

    [Fact]
    public async Task A_tool_that_is_there_reads_the_text_and_nothing_of_it_stays_behind()
    {
        var copied = Path.Combine(_folder, "copied");
        Install("xclip", $"/bin/cat > {copied}.part; echo \"$@\" > {copied}.arguments; /bin/mv {copied}.part {copied}");
        _variables["DISPLAY"] = ":0";
        var text = string.Concat(Enumerable.Repeat("a long text, ", 100_000));
        Assert.Equal("copied by xclip; too long for the terminal (OSC 52)", Copy(text).ToString());
        await Patience.Until(() => File.Exists(copied), "the tool's copy");
        Assert.Equal(text, await File.ReadAllTextAsync(copied));
        Assert.Equal("-selection clipboard -in\n", await File.ReadAllTextAsync(copied + ".arguments"));
        Assert.Empty(Directory.GetFiles(_folder, "copy-*"));
    }

    [Theory]
    [InlineData("WAYLAND_DISPLAY DISPLAY", "wl-copy xclip xsel", "wl-copy")]
    [InlineData("WAYLAND_DISPLAY DISPLAY", "xsel", "xsel")]
    [InlineData("DISPLAY", "wl-copy xsel xclip", "xclip")]
    [InlineData("TMUX DISPLAY", "tmux xclip", "tmux xclip")]
    [InlineData("TMUX", "tmux xclip", "tmux")]
    [InlineData("WSL_DISTRO_NAME", "clip.exe", "clip.exe")]
    [InlineData("", "tmux xclip xsel wl-copy clip.exe", "")]
    [InlineData("", "pbcopy", "pbcopy")]
    [InlineData("SSH_CONNECTION", "pbcopy", "")]
    public void Only_tools_whose_clipboard_is_at_hand_are_used(string variables, string installed, string expected)
    {
        var paths = installed.Split(' ').Select(name => $"/bin/{name}").ToHashSet();
        var found = ClipboardTool.Find(name => name == "PATH" ? "/usr/bin:/bin" : variables.Split(' ').Contains(name) ? "set" : null, paths.Contains);
        Assert.Equal(expected, string.Join(' ', found.Select(tool => tool.Name)));
    }

    private CopyOutcome Copy(string text) =>
        new Clipboard(_variables.GetValueOrDefault, _folder).Copy(text, bytes => _sent.Add(Encoding.UTF8.GetString(bytes)));

    private void Install(string name, string script)
    {
        var path = Path.Combine(_folder, name);
        File.WriteAllText(path, $"#!/bin/sh\n{script}\n");
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }
}
