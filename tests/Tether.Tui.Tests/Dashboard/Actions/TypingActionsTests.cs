using Tether.Protocol.Model;
using Tether.Protocol.Terminal;
using Tether.Protocol.Terminal.Keys;
using Tether.Protocol.Wire;
using Tether.Tui.Dashboard;
using Tether.Tui.Dashboard.Settings;
using Tether.Tui.Terminal.FullScreen;
using Xunit;

namespace Tether.Tui.Tests.Dashboard.Actions;

public sealed class TypingActionsTests
{
    [Fact]
    public void Keys_go_to_the_session_once_it_is_typed_into()
    {
        using var rig = DashboardRig.With("a", "b").Press("enter").Type("ls\r");
        Assert.Equal((DashboardMode.Type, TypingPhase.Live), (rig.State.Mode, rig.State.Typing));
        Assert.Equal("ls\r", rig.TypedText);
        Assert.All(rig.Desk.Connection.Typed, typed => Assert.Equal(rig.Desk.ChannelOf("a"), typed.Channel));
        Assert.True(Assert.Single(rig.Desk.All<TakeControlRequest>()).IfFree);
    }

    [Fact]
    public void What_is_typed_before_control_is_here_is_kept_and_sent_in_order()
    {
        using var rig = DashboardRig.With("a");
        rig.Desk.Hold<TakeControlRequest>();
        rig.Press("enter").Type("l").Paste("s -", "l").Press("enter");
        Assert.Equal(TypingPhase.Asked, rig.State.Typing);
        Assert.Empty(rig.Typed);
        Assert.Contains("waiting for control (4) · Ctrl-] gives up", rig.BottomLine, StringComparison.Ordinal);

        rig.Come(Granted(rig, "a")).Type("!");
        Assert.Equal("ls -l\r!", rig.TypedText);
        Assert.Equal(0, rig.State.KeysKept);
    }

    [Fact]
    public void Keys_behind_enter_in_the_same_read_of_the_terminal_are_not_lost()
    {
        using var rig = DashboardRig.With("a");
        rig.TakeAtOnce(Key("enter"), Key("h"), Key("i"), Key("enter"));
        Assert.Equal("hi\r", rig.TypedText);
    }

    [Fact]
    public void Giving_up_while_control_is_awaited_says_how_many_keys_were_not_sent()
    {
        using var rig = DashboardRig.With("a");
        rig.Desk.Hold<TakeControlRequest>();
        rig.Press("enter").Type("abc").Press("ctrl-]");
        Assert.Equal(DashboardMode.Navigate, rig.State.Mode);
        Assert.Equal("3 keys were not sent", rig.State.Message);
        Assert.Single(rig.Desk.All<ReleaseControlRequest>());

        rig.Come(Granted(rig, "a"));
        Assert.Equal(TypingPhase.Off, rig.State.Typing);
        Assert.Empty(rig.Typed);
    }

    [Fact]
    public void More_keys_than_are_kept_are_counted_and_said()
    {
        using var rig = DashboardRig.With("a");
        rig.Desk.Hold<TakeControlRequest>();
        rig.Press("enter");
        rig.TakeAtOnce([.. Enumerable.Repeat(Key("x"), 4100)]);
        Assert.Equal((4096, 4), (rig.State.KeysKept, rig.State.KeysUnsent));
        rig.Come(Granted(rig, "a"));
        Assert.Equal(4096, rig.TypedText.Length);
        rig.Press("ctrl-]");
        Assert.Equal("4 keys were not sent", rig.State.Message);
    }

    [Fact]
    public void Who_lost_control_types_nowhere_and_gives_no_commands()
    {
        using var rig = DashboardRig.With("a", "b").Press("enter").Type("l");
        rig.Come(new ControlNotice { Channel = rig.Desk.ChannelOf("a"), Mode = AttachMode.Observe, Cause = "taken", By = "other" });
        Assert.Equal(TypingPhase.Blocked, rig.State.Typing);
        Assert.Single(rig.Desk.All<ReleaseControlRequest>());
        Assert.Contains("other has taken control", rig.BottomLine, StringComparison.Ordinal);

        rig.Type("xq").Press("tab", "enter");
        Assert.Equal("l", rig.TypedText);
        Assert.Equal(("a", DashboardMode.Type), (rig.State.Focused, rig.State.Mode));
        Assert.Null(rig.Status);
        Assert.Contains("4 keys were not sent", rig.BottomLine, StringComparison.Ordinal);

        rig.Press("ctrl-]");
        Assert.Equal((DashboardMode.Navigate, "4 keys were not sent"), (rig.State.Mode, rig.State.Message));
    }

    [Fact]
    public void Whoever_types_there_already_is_named_and_y_takes_over()
    {
        using var rig = DashboardRig.With("a");
        rig.Desk.IsControlledBy("a", "laptop");
        rig.Press("enter");
        Assert.Equal(DashboardMode.Navigate, rig.State.Mode);
        Assert.Contains("Take control of a?", rig.Text, StringComparison.Ordinal);
        Assert.Contains("laptop types into it now", rig.Text, StringComparison.Ordinal);

        rig.Press("enter");
        Assert.NotNull(rig.State.Popup);
        rig.Press("y").Type("hi");
        Assert.Null(rig.State.Popup);
        Assert.Equal("hi", rig.TypedText);
        Assert.Equal([true, false], rig.Desk.All<TakeControlRequest>().Select(take => take.IfFree));
    }

    [Fact]
    public void Escape_leaves_the_session_to_whoever_types_there()
    {
        using var rig = DashboardRig.With("a");
        rig.Desk.IsControlledBy("a", "laptop");
        rig.Press("enter", "esc");
        Assert.Null(rig.State.Popup);
        Assert.Equal((DashboardMode.Navigate, TypingPhase.Off), (rig.State.Mode, rig.State.Typing));
        Assert.Single(rig.Desk.All<TakeControlRequest>());
    }

    [Fact]
    public void The_command_to_take_control_does_not_ask()
    {
        using var rig = DashboardRig.With("a");
        rig.Desk.IsControlledBy("a", "laptop");
        rig.Do(DashboardCommand.TakeControl);
        Assert.Equal(TypingPhase.Live, rig.State.Typing);
    }

    [Fact]
    public void While_the_daemon_is_gone_keys_are_kept_and_then_sent()
    {
        using var rig = DashboardRig.With("a").Press("enter").Type("a").Pass(2).Lose();
        rig.Type("bc");
        Assert.Contains("the daemon is gone: keys are kept (2)", rig.BottomLine, StringComparison.Ordinal);

        rig.IsDaemonBack = true;
        rig.Pass(1);
        Assert.Equal(TypingPhase.Live, rig.State.Typing);
        Assert.Equal("bc", rig.TypedText);
    }

    [Fact]
    public void A_key_sent_just_before_the_daemon_went_is_said_to_be_in_doubt()
    {
        using var rig = DashboardRig.With("a").Press("enter").Type("a").Lose();
        Assert.Contains("the last key may be lost", rig.BottomLine, StringComparison.Ordinal);
    }

    [Fact]
    public void A_session_that_is_gone_after_the_reconnection_gets_nothing_and_that_is_said()
    {
        using var rig = DashboardRig.With("a", "b").Press("enter").Type("a").Pass(2).Lose().Type("bc");
        rig.Desk.Remove("a");
        rig.IsDaemonBack = true;
        rig.Pass(1);
        Assert.Equal("b", rig.State.Focused);
        Assert.Equal(DashboardMode.Navigate, rig.State.Mode);
        Assert.Equal("2 keys were not sent", rig.State.Message);
    }

    [Fact]
    public void A_program_that_ends_while_it_is_typed_into_takes_no_more_keys_and_none_becomes_a_command()
    {
        using var rig = DashboardRig.With("a", "b").Press("enter").Type("exit\r").Ends("a", exitCode: 3);
        Assert.Contains("a has ended (exit 3) · Ctrl-] goes back", rig.BottomLine, StringComparison.Ordinal);
        rig.Type("q");
        Assert.Null(rig.Status);
        Assert.Equal("exit\r", rig.TypedText);
        Assert.Contains("1 key was not sent", rig.BottomLine, StringComparison.Ordinal);
    }

    [Fact]
    public void Nobody_types_into_a_session_that_has_ended()
    {
        using var rig = new DashboardRig().Sessions(DashboardRig.Record("b")).Press("tab").Ends("b", exitCode: 1).Press("enter");
        Assert.Equal(DashboardMode.Navigate, rig.State.Mode);
        Assert.Equal("b has ended (exit 1); nobody reads what is typed", rig.State.Message);
    }

    [Fact]
    public void Nobody_types_into_the_session_that_the_dashboard_runs_in()
    {
        using var rig = new DashboardRig(ownSession: "a").Sessions("a").Press("enter");
        Assert.Equal(DashboardMode.Navigate, rig.State.Mode);
        Assert.Equal("this is the session that the dashboard runs in", rig.State.Message);
    }

    [Fact]
    public void A_refusal_of_the_daemon_blocks_typing_with_its_reason()
    {
        using var rig = DashboardRig.With("a");
        rig.Desk.Refuse<TakeControlRequest>("not today");
        rig.Press("enter").Type("q");
        Assert.Equal(TypingPhase.Blocked, rig.State.Typing);
        Assert.Contains("not today; 1 key was not sent", rig.BottomLine, StringComparison.Ordinal);
    }

    [Fact]
    public void Keys_are_written_for_the_session_s_own_modes()
    {
        using var rig = DashboardRig.With("a").Prints("a", "\e[?1h").Press("enter", "up").Prints("a", "\e[>1u").Press("shift-enter");
        Assert.Equal(["\eOA", "\e[13;2u"], rig.Typed.Where(typed => typed.Length > 0));
    }

    [Fact]
    public void A_paste_is_bracketed_once_where_the_program_asked_for_it()
    {
        using var rig = DashboardRig.With("a").Prints("a", "\e[?2004h").Press("enter").Paste("one ", "two", "");
        Assert.Equal("\e[200~one two\e[201~", rig.TypedText);
    }

    [Fact]
    public void A_program_that_asked_for_the_focus_is_told_of_it_and_of_the_terminal_s()
    {
        using var rig = DashboardRig.With("a").Prints("a", "\e[?1004h").Press("enter");
        rig.Take(new InputEvent.Focused(false)).Take(new InputEvent.Focused(true)).Press("ctrl-]");
        Assert.Equal(["\e[I", "\e[O", "\e[I", "\e[O"], rig.Typed);
    }

    [Fact]
    public void The_terminal_is_told_what_the_live_session_wants_to_hear_and_only_while_it_is_live()
    {
        using var rig = DashboardRig.With("a").Prints("a", "\e[>5u\e[?1003h").Press("enter");
        Assert.Equal([((KittyFlags)5, true)], rig.Heard);
        rig.Prints("a", "\e[?1003l");
        Assert.Equal(((KittyFlags)5, false), rig.Heard[^1]);
        rig.Press("ctrl-]");
        Assert.Equal((KittyFlags.None, false), rig.Heard[^1]);
        Assert.Equal(3, rig.Heard.Count);
    }

    [Fact]
    public void A_release_of_a_key_reaches_only_a_program_that_asked_for_it()
    {
        var release = new InputEvent.Pressed(KeyPress.Of('x') with { Action = KeyAction.Release });
        using var rig = DashboardRig.With("a").Press("enter").Take(release);
        Assert.Equal("", rig.TypedText);
        rig.Prints("a", "\e[>3u").Take(release);
        Assert.NotEqual("", rig.TypedText);
    }

    [Fact]
    public void Leaving_gives_control_back_and_marks_the_session_as_looked_at()
    {
        using var rig = DashboardRig.With("a").Press("enter").Pass(5).Press("ctrl-]");
        Assert.Equal(rig.Desk.ChannelOf("a"), Assert.Single(rig.Desk.All<ReleaseControlRequest>()).Channel);
        Assert.Equal(DashboardRig.Start.AddSeconds(5), rig.Context.Book.Find("a")!.At);
        Assert.Contains("NAVIGATE: keys belong to the dashboard", rig.TopLine, StringComparison.Ordinal);
    }

    [Fact]
    public void What_a_session_does_while_it_is_typed_into_is_no_news()
    {
        using var rig = DashboardRig.With("a", "b").Press("enter").Happens("a", "bell").Happens("b", "bell");
        Assert.Equal("b", Assert.Single(rig.Context.Fleet.Queue.Items).Session);
    }

    [Fact]
    public void The_cursor_is_seen_only_while_typing_is_live()
    {
        using var rig = DashboardRig.With("a", "b");
        Assert.Null(rig.Frame.Cursor);
        rig.Desk.Hold<TakeControlRequest>();
        rig.Press("enter");
        Assert.Null(rig.Frame.Cursor);
        rig.Come(Granted(rig, "a"));
        var (column, row) = rig.InTile("a", 1, 0);
        Assert.Equal((row, column), (rig.Frame.Cursor!.Value.Row, rig.Frame.Cursor.Value.Column));
    }

    private static InputEvent.Pressed Key(string name)
    {
        Assert.True(KeyNames.TryParse(name, out var press));
        return new InputEvent.Pressed(press);
    }

    private static ControlNotice Granted(DashboardRig rig, string session) =>
        new() { Channel = rig.Desk.ChannelOf(session), Mode = AttachMode.Control, Cause = "granted" };
}
