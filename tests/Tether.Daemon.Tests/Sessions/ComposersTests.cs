using System.Text;
using Tether.Daemon.Sessions;
using Tether.Protocol.Terminal;
using Xunit;

namespace Tether.Daemon.Tests.Sessions;

/// <summary>Composers as the agents draw them, with the cursor where | stands.</summary>
public sealed class ComposersTests
{
    private const string Rule = "────────────────────────────────────────";

    [Theory]
    [InlineData("Empty", "out", Rule, "❯\u00a0|", Rule, "  ? for shortcuts")]
    [InlineData("Empty", "out", Rule, "❯ |\e[2mTry \"fix lint errors\"\e[m", Rule)]
    [InlineData("Empty", "out", Rule, "❯ |\e[7mT\e[27;2mry \"fix lint errors\"\e[m", Rule)]
    [InlineData("Text", "out", Rule, "❯ abc|", Rule)]
    [InlineData("Text", "out", Rule, "❯ |abc", Rule)]
    [InlineData("Text", "out", Rule, "❯ abc", "  |", Rule)]
    [InlineData("Text", "out", Rule, "! |", Rule)]
    [InlineData("Unknown", "out", Rule, " Bash command", "|", Rule)]
    [InlineData("Unknown", "❯ sent", "|out")]
    public void Of_claude(string expected, params string[] rows) => Assert.Equal(expected, Look("claude", rows));

    [Theory]
    [InlineData("Empty", "", "\e[1m›\e[22m |\e[2mAsk Codex to do anything\e[m", "", "  GPT-5.5")]
    [InlineData("Empty", "", "› |", "", "  GPT-5.5")]
    [InlineData("Text", "", "› abc|", "", "  GPT-5.5")]
    [InlineData("Text", "", "› |abc", "", "  GPT-5.5")]
    [InlineData("Text", "", "› one", "  two|", "", "  GPT-5.5")]
    [InlineData("Text", "", "› |", "  two", "", "  GPT-5.5")]
    [InlineData("Unknown", "› sent", "", "• Working|")]
    public void Of_codex(string expected, params string[] rows) => Assert.Equal(expected, Look("codex", rows));

    [Theory]
    [InlineData("Empty", "   ┃", "   ┃  |Ask anything… \"What is this?\"", "   ┃", "   ┃  Build · Stub", "   ╹▀▀▀")]
    [InlineData("Empty", "  ┃", "  ┃  |", "  ┃", "  ┃  Build · Stub", "  ╹▀▀▀")]
    [InlineData("Text", "  ┃", "  ┃  abc|", "  ┃", "  ┃  Build · Stub", "  ╹▀▀▀")]
    [InlineData("Text", "  ┃", "  ┃  |abc", "  ┃", "  ┃  Build · Stub", "  ╹▀▀▀")]
    [InlineData("Text", "  ┃", "  ┃  abc", "  ┃  |", "  ┃", "  ┃  Build · Stub", "  ╹▀▀▀")]
    [InlineData("Text", "  ┃", "  ┃  |", "  ┃  abc", "  ┃", "  ┃  Build · Stub", "  ╹▀▀▀")]
    [InlineData("Unknown", "a dialog", "  |", "of its own")]
    public void Of_opencode(string expected, params string[] rows) => Assert.Equal(expected, Look("opencode", rows));

    [Theory]
    [InlineData("Empty", "out", Rule, "|", Rule, "/srv/app (main)")]
    [InlineData("Text", "out", Rule, "abc|", Rule, "/srv/app (main)")]
    [InlineData("Text", "out", Rule, "|abc", Rule, "/srv/app (main)")]
    [InlineData("Text", "out", Rule, "abc", "|", Rule, "/srv/app (main)")]
    [InlineData("Unknown", "out|")]
    public void Of_pi(string expected, params string[] rows) => Assert.Equal(expected, Look("pi", rows));

    [Theory]
    [InlineData("Empty", "\e]133;A\a$ \e]133;B\a|")]
    [InlineData("Text", "\e]133;A\a$ \e]133;B\als|")]
    [InlineData("Unknown", "\e]133;A\a$ \e]133;B\a|suggested")]
    [InlineData("Text", "\e]133;A\a$ \e]133;B\aecho 'a", "> |")]
    [InlineData("Unknown", "\e]133;A\a$ \e]133;B\als", "\e]133;C\aa b|")]
    [InlineData("Unknown", "$ |")]
    public void Of_a_shell(string expected, params string[] rows) => Assert.Equal(expected, Look("shell", rows));

    [Fact]
    public void Of_a_program_that_is_not_known_nothing_is() => Assert.Null(Composers.Find(null));

    private static string Look(string agent, string[] rows)
    {
        var emulator = new TerminalEmulator(new TerminalOptions { Columns = 60, Rows = 10 });
        for (var row = 0; row < rows.Length; row++)
        {
            var parts = rows[row].Split('|');
            emulator.Feed(Encoding.UTF8.GetBytes($"\e[{row + 1}H{parts[0]}{(parts.Length > 1 ? "\e7" : "")}{parts[^1][..(parts.Length > 1 ? parts[^1].Length : 0)]}"));
        }

        emulator.Feed("\e8"u8);
        return Composers.Find(agent)!(emulator).ToString();
    }
}
