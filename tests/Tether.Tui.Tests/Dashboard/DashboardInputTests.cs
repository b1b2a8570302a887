using Tether.Protocol.Terminal.Keys;
using Tether.Tui.Dashboard.Settings;
using Tether.Tui.Terminal.FullScreen;
using Xunit;

namespace Tether.Tui.Tests.Dashboard;

public sealed class DashboardInputTests
{
    [Fact]
    public void The_first_of_two_keys_is_shown_while_the_second_is_awaited()
    {
        using var rig = DashboardRig.With("a", "b").Press("tab", "g");
        Assert.Contains("g …", rig.BottomLine, StringComparison.Ordinal);
        rig.Press("g");
        Assert.Equal("a", rig.State.Focused);
        Assert.DoesNotContain("g …", rig.BottomLine, StringComparison.Ordinal);
    }

    [Fact]
    public void A_key_that_means_nothing_says_where_all_keys_are()
    {
        using var rig = DashboardRig.With("a").Press("w");
        Assert.Equal("w means nothing here; ? shows all keys", rig.Message);
        rig.Press("tab");
        Assert.Equal("", rig.Message);
    }

    [Fact]
    public void A_paste_where_nobody_types_goes_nowhere_and_is_no_command()
    {
        using var rig = DashboardRig.With("a").Paste("q", "x");
        Assert.Equal("pasted into no session; Enter types into one first", rig.Message);
        Assert.Null(rig.Status);
        Assert.Null(rig.State.Popup);
    }

    [Fact]
    public void A_paste_cut_within_a_character_is_whole_in_a_field()
    {
        using var rig = DashboardRig.With("a").Press("r");
        var bytes = "ü漢"u8.ToArray();
        rig.Take(new InputEvent.Pasted(bytes.AsMemory(0, 1), false)).Take(new InputEvent.Pasted(bytes.AsMemory(1, 2), false)).Take(new InputEvent.Pasted(bytes.AsMemory(3), true));
        Assert.Contains("aü漢", rig.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void The_release_of_a_key_is_no_command()
    {
        using var rig = DashboardRig.With("a");
        rig.Take(new InputEvent.Pressed(KeyPress.Of('q') with { Action = KeyAction.Release }));
        Assert.Null(rig.Status);
    }

    [Fact]
    public void The_release_of_the_chord_that_left_reaches_nobody()
    {
        using var rig = DashboardRig.With("a").Prints("a", "\e[>3u").Press("enter");
        rig.Press("ctrl-]").Take(new InputEvent.Pressed(KeyPress.Of(']', KeyModifiers.Control) with { Action = KeyAction.Release }));
        Assert.Equal((DashboardMode.Navigate, ""), (rig.State.Mode, rig.TypedText));
    }

    [Fact]
    public void Only_the_chord_is_kept_from_the_session_that_is_typed_into()
    {
        using var rig = DashboardRig.With("a").Press("enter", "q", "esc", "ctrl-c", "?", "tab");
        Assert.Equal("q\e\u0003?\t", rig.TypedText);
    }

    [Fact]
    public void What_is_more_of_the_terminal_s_abilities_changes_the_styles()
    {
        using var rig = DashboardRig.With("a").Take(new InputEvent.Refined(new Capabilities()));
        Assert.Equal(1, rig.Restyles);
    }

    [Fact]
    public void The_terminal_s_focus_while_navigating_is_no_session_s()
    {
        using var rig = DashboardRig.With("a").Prints("a", "\e[?1004h").Take(new InputEvent.Focused(false));
        Assert.Empty(rig.Typed);
    }
}
