using Tether.Tui.Dashboard.Settings;
using Tether.Tui.Terminal;
using Xunit;

namespace Tether.Tui.Tests.Dashboard.Settings;

public sealed class CommandTableTests
{
    private static readonly DashboardMode[] Modes = Enum.GetValues<DashboardMode>();

    [Fact]
    public void Every_command_has_an_entry() =>
        Assert.Equal(Enum.GetValues<DashboardCommand>().Order(), CommandTable.All.Select(entry => entry.Command).Order());

    [Fact]
    public void Names_are_lower_case_words_and_are_found_again() => Assert.All(CommandTable.All, entry =>
    {
        Assert.Matches("^[a-z]+(-[a-z0-9]+)*$", entry.Name);
        Assert.Same(entry, CommandTable.Find(entry.Name));
        Assert.Same(entry, CommandTable.Of(entry.Command));
    });

    [Fact]
    public void No_command_is_called_none() => Assert.Null(CommandTable.Find("none"));

    [Fact]
    public void Descriptions_begin_with_a_capital_and_have_no_full_stop() => Assert.All(CommandTable.All, entry =>
    {
        Assert.True(char.IsUpper(entry.Description[0]), entry.Description);
        Assert.False(entry.Description.EndsWith('.'), entry.Description);
        Assert.InRange(entry.Hint.Length, 1, 14);
    });

    [Fact]
    public void Sections_of_the_help_are_not_torn_apart() =>
        Assert.Equal(CommandTable.All.Select(entry => entry.Topic).Order(), CommandTable.All.Select(entry => entry.Topic));

    [Fact]
    public void No_two_commands_share_a_key_and_none_hides_another()
    {
        foreach (var mode in Modes)
        {
            var keys = CommandTable.All.SelectMany(entry => entry.KeysIn(mode)).Select(Parse).ToList();

            Assert.Equal(keys.Count, keys.Distinct().Count());
            Assert.DoesNotContain(keys, one => keys.Any(other => one.Hides(other)));
        }
    }

    [Theory]
    [InlineData("navigate", "tab", "focus-next")]
    [InlineData("navigate", "shift-tab", "focus-previous")]
    [InlineData("navigate", "h", "focus-left")]
    [InlineData("navigate", "l", "focus-right")]
    [InlineData("navigate", "L", "layout-next")]
    [InlineData("navigate", "9", "focus-9")]
    [InlineData("navigate", "space", "next-attention")]
    [InlineData("navigate", "n", "next-attention")]
    [InlineData("navigate", "enter", "type")]
    [InlineData("navigate", "z", "zoom")]
    [InlineData("navigate", "/", "search")]
    [InlineData("navigate", "g /", "search-all")]
    [InlineData("navigate", ":", "palette")]
    [InlineData("navigate", "ctrl-p", "palette")]
    [InlineData("navigate", "?", "help")]
    [InlineData("navigate", "c", "create")]
    [InlineData("navigate", "r", "rename")]
    [InlineData("navigate", "t", "tag")]
    [InlineData("navigate", "x", "stop")]
    [InlineData("navigate", "y", "copy")]
    [InlineData("navigate", "b", "broadcast")]
    [InlineData("scroll", "b", "last-look")]
    [InlineData("navigate", "+", "grow")]
    [InlineData("navigate", "-", "shrink")]
    [InlineData("navigate", "s", "fold-list")]
    [InlineData("navigate", "d", "dismiss")]
    [InlineData("navigate", "q", "quit")]
    [InlineData("navigate", "pgup", "scroll")]
    [InlineData("type", "ctrl-]", "leave")]
    [InlineData("queue", "y", "allow")]
    [InlineData("queue", "n", "deny")]
    [InlineData("queue", "a", "always")]
    [InlineData("queue", "e", "edit-input")]
    [InlineData("queue", "r", "deny-with-reason")]
    [InlineData("queue", "s", "snooze")]
    [InlineData("queue", "u", "undo")]
    [InlineData("queue", "tab", "queue-next")]
    [InlineData("queue", "9", "option-9")]
    [InlineData("queue", "enter", "queue-open")]
    public void The_keys_are_those_that_were_promised(string mode, string keys, string command)
    {
        var sequence = Parse(keys);

        var match = KeyBindings.Defaults(EscapeChord.Default).Find(Enum.Parse<DashboardMode>(mode, ignoreCase: true), sequence.First, sequence.Second);

        Assert.Equal(CommandTable.Find(command)!.Command, match.Command);
    }

    private static KeySequence Parse(string keys)
    {
        Assert.True(KeySequence.TryParse(keys, out var sequence), keys);
        return sequence;
    }
}
