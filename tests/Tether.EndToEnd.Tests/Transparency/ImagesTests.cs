using System.Text;

namespace Tether.EndToEnd.Tests.Transparency;

/// <summary>Images pass through to the terminal; whoever looks later sees where they are.</summary>
public sealed class ImagesTests
{
    private const string Sixel = "\eP0;1;0q\"1;1;24;32#0;2;100;0;0#0!24~-!24~-!24~\e\\";
    private const string Kitty = "\e_Ga=T,i=1,f=24,s=1,v=1,c=3,r=1,q=2;AAAA\e\\";
    private const string ITerm = "\e]1337;File=inline=1;width=2;height=1:R0lGODlhAQABAAAAACw=\a";

    [EndToEndFact]
    public async Task Their_bytes_reach_the_terminal_and_captures_and_repaints_show_blocks()
    {
        await using var sandbox = new Sandbox();
        var octal = string.Concat($"{Sixel}{Kitty}{ITerm}.end".Select(character => $"\\{Convert.ToString(character, 8).PadLeft(3, '0')}"));
        var terminal = sandbox.Open("run", "any", "--title", "picture", "--", "sh", "-c", $"stty -echo; printf ready; read line; printf '\\r     \\r{octal}'; sleep 600");
        await terminal.UntilShows("ready");
        terminal.Type("\r");
        await terminal.UntilShows(".end");
        var seen = Encoding.Latin1.GetString(terminal.Captured);
        Assert.Contains(Sixel, seen, StringComparison.Ordinal);
        Assert.Contains(Kitty, seen, StringComparison.Ordinal);
        Assert.Contains(ITerm, seen, StringComparison.Ordinal);

        var lines = (await sandbox.Do("capture", "picture")).Split('\n');
        Assert.Equal("░░░", lines[0]);
        Assert.Equal("░░░░░.end", lines[1]);

        var second = sandbox.Open("attach", "picture", "--observe");
        var screen = await second.UntilShows(".end");
        Assert.Contains(screen.Lines, line => line.Contains("░░░░░.end", StringComparison.Ordinal));
    }
}
