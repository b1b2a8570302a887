using System.Text;
using Tether.Daemon.Sessions;
using Xunit;

namespace Tether.Daemon.Tests.Sessions;

public sealed class DraftWatchTests
{
    // Slower than any burst.
    private const long Pause = 200;

    private long _now = 10_000;

    [Theory]
    [InlineData("a")]
    [InlineData("é")]
    [InlineData("\t")]
    [InlineData("\e[A")]
    [InlineData("\e[97u")]
    [InlineData("\e[97;1:2u")]
    [InlineData("\e[27;5;114~")]
    [InlineData("\e\r")]
    [InlineData("\e[13;2u")]
    [InlineData("\e[13;3u")]
    [InlineData("\e[200~a\e[201~")]
    [InlineData("\e[200~a")]
    [InlineData("\e[200~\e[201~")]
    [InlineData("\x12")]
    [InlineData("\x19")]
    [InlineData("\ex")]
    [InlineData("\e[65;30;97;1;0;1_")]
    [InlineData("\e[38;72;0;1;0;1_")]
    public void What_brings_text_is_a_draft(string keys) => Assert.True(Watch(ComposerKind.Agent, keys).HasDraft);

    [Theory]
    [InlineData("\e[D")]
    [InlineData("\e[<0;5;5M\e[<0;5;5m")]
    [InlineData("\e[M !!")]
    [InlineData("\e[I\e[O")]
    [InlineData("\e[?62;22c")]
    [InlineData("\e[24;80R")]
    [InlineData("\e]11;rgb:0000/0000/0000\e\\")]
    [InlineData("\e[97;1:3u")]
    [InlineData("\e[57441;2u")]
    [InlineData("\e[48;24;80;480;800t")]
    [InlineData("\e")]
    [InlineData("\e\e")]
    [InlineData("\x03")]
    [InlineData("\r")]
    [InlineData("\x7f")]
    [InlineData("\e[65;30;97;0;0;1_")]
    [InlineData("\e[16;42;0;1;16;1_")]
    public void What_brings_none_is_no_draft(string keys) => Assert.False(Watch(ComposerKind.Agent, keys).HasDraft);

    [Theory]
    [InlineData("\r")]
    [InlineData("\e[13u")]
    [InlineData("\e[13;1:1u\e[13;1:3u")]
    [InlineData("\e[13;65u")]
    [InlineData("\eOM")]
    [InlineData("\e[57414u")]
    [InlineData("\e[13;28;13;1;0;1_\e[13;28;13;0;0;1_")]
    [InlineData("\x03")]
    [InlineData("\e[99;5u")]
    [InlineData("\x15")]
    [InlineData("\x7f\x7f\x7f\x7f\x7f")]
    [InlineData("\b\b\b\b\b")]
    [InlineData("\e[127u\e[127u\e[127u\e[127u\e[127u")]
    [InlineData("\x17\x17")]
    public void What_sends_or_clears_ends_a_draft(string keys)
    {
        var watch = Watch(ComposerKind.Agent, "ab cd");
        Assert.True(watch.HasDraft);
        Type(watch, keys);
        Assert.False(watch.HasDraft);
    }

    [Theory]
    [InlineData("ab\e[13;2u", "\x15", "a line before it stays")]
    [InlineData("ab\e[D", "\x15", "what is behind the cursor stays")]
    [InlineData("ab\e[D", "\x7f\x7f", "the cursor is not behind it")]
    [InlineData("ab\e[D", "\x17", "the cursor is not behind it")]
    [InlineData("ab", "\x7f", "a character stays")]
    [InlineData("ab cd", "\x17", "a word stays")]
    [InlineData("ab\\", "\r", "a backslash makes it a new line")]
    [InlineData("see @fi", "\r", "the menu takes it")]
    [InlineData("/mo", "\r", "the menu takes it")]
    [InlineData("\e[A", "\x7f\x7f\x7f", "history brought more")]
    [InlineData("a\t", "\x7f\x7f\x7f", "completion brought more")]
    [InlineData("\e[200~one\rtwo\e[201~", "\x15", "a line before it stays")]
    [InlineData("ab", "\e", "escape clears nothing")]
    [InlineData("ab", "\e\e", "escape clears nothing")]
    [InlineData("ab", "\e[13;1:3u", "the key only went up")]
    [InlineData("ab", "\n", "an agent takes it for a new line")]
    public void What_may_leave_something_leaves_a_draft(string typed, string keys, string why)
    {
        var watch = Watch(ComposerKind.Agent, typed);
        Type(watch, keys);
        Assert.True(watch.HasDraft, why);
    }

    [Fact]
    public void A_long_line_may_stand_on_two_rows_of_which_one_is_deleted()
    {
        var watch = Watch(ComposerKind.Agent, new string('x', 60));
        Type(watch, "\x15");
        Assert.True(watch.HasDraft);
    }

    [Fact]
    public void An_Enter_behind_a_menu_that_was_closed_sends()
    {
        var watch = Watch(ComposerKind.Agent, "see @fi", "\r", "\r");
        Assert.False(watch.HasDraft);
    }

    [Fact]
    public void An_Enter_right_behind_a_burst_is_a_part_of_it_for_an_agent_and_none_for_a_shell()
    {
        Assert.True(Watch(ComposerKind.Agent, "abc\r").HasDraft);
        Assert.False(Watch(ComposerKind.CommandLine, "abc\r").HasDraft);
    }

    [Fact]
    public void On_a_command_line_a_line_feed_sends() => Assert.False(Watch(ComposerKind.CommandLine, "abc\n").HasDraft);

    [Theory]
    [InlineData(5)]
    [InlineData(400)]
    public void Escape_and_then_Enter_may_be_one_key_that_makes_a_new_line(long pause)
    {
        var watch = Watch(ComposerKind.Agent, "ab", "\e");
        _now += pause - Pause;
        Type(watch, "\r");
        Assert.True(watch.HasDraft);
    }

    [Fact]
    public void Long_after_Escape_Enter_is_Enter()
    {
        var watch = Watch(ComposerKind.Agent, "ab", "\e");
        _now += 1000;
        Type(watch, "\r");
        Assert.False(watch.HasDraft);
    }

    [Fact]
    public void A_sequence_that_was_cut_may_have_been_read_as_text()
    {
        var watch = Watch(ComposerKind.Agent, "\e", "[D");
        Assert.True(watch.HasDraft);
    }

    [Fact]
    public void A_character_that_is_not_whole_is_a_draft()
    {
        var watch = new DraftWatch(ComposerKind.Agent);
        watch.Typed([0xc3], _now);
        Assert.True(watch.HasDraft);
        watch.Typed([0xa9], _now + 1);
        Assert.True(watch.HasDraft);
        watch.Typed([0x7f], _now + 2);
        Assert.False(watch.HasDraft);
    }

    [Fact]
    public void The_screen_ends_a_doubt_and_makes_one()
    {
        var watch = Watch(ComposerKind.Agent, "\e[A");
        watch.Seen(ComposerLook.Unknown);
        Assert.True(watch.HasDraft);
        watch.Seen(ComposerLook.Empty);
        Assert.False(watch.HasDraft);
        watch.Seen(ComposerLook.Text);
        Assert.True(watch.HasDraft);
    }

    [Fact]
    public void Keys_in_a_program_that_has_taken_the_shells_screen_are_forgotten_with_it()
    {
        var watch = Watch(ComposerKind.CommandLine, "less x\r");
        watch.Printed(isAlternate: true);
        Type(watch, "j");
        Assert.True(watch.HasDraft);
        watch.Printed(isAlternate: true);
        Type(watch, "q");
        watch.Printed(isAlternate: false);
        Assert.False(watch.HasDraft);
    }

    [Fact]
    public void What_was_typed_ahead_of_the_end_of_such_a_program_is_a_draft()
    {
        var watch = Watch(ComposerKind.CommandLine, "less x\r");
        watch.Printed(isAlternate: true);
        Type(watch, "qls");
        watch.Printed(isAlternate: false);
        Assert.True(watch.HasDraft);
    }

    [Fact]
    public void A_draft_from_before_such_a_program_is_still_there_behind_it()
    {
        var watch = Watch(ComposerKind.CommandLine, "ls ");
        watch.Printed(isAlternate: true);
        Type(watch, "q");
        watch.Printed(isAlternate: false);
        Assert.True(watch.HasDraft);
    }

    [Fact]
    public void Only_keys_and_pastes_count_as_somebody_typing()
    {
        var watch = Watch(ComposerKind.Agent, "\e[<35;5;5M", "\e[I", "\e[?62c");
        Assert.Null(watch.LastKeyAt);
        Type(watch, "\e[D");
        Assert.Equal(_now, watch.LastKeyAt);
    }

    [Fact]
    public void A_draft_from_before_the_watch_began_is_one() =>
        Assert.True(new DraftWatch(ComposerKind.Other, mayHaveDraft: true).HasDraft);

    private DraftWatch Watch(ComposerKind kind, params string[] keys)
    {
        var watch = new DraftWatch(kind);
        foreach (var some in keys)
        {
            Type(watch, some);
        }

        return watch;
    }

    private void Type(DraftWatch watch, string keys)
    {
        _now += Pause;
        watch.Typed(Encoding.UTF8.GetBytes(keys), _now);
    }
}
