using Tether.Tui.Dashboard;
using Xunit;

namespace Tether.Tui.Tests.Dashboard;

public sealed class DashboardStateTests
{
    [Fact]
    public void A_message_and_a_banner_go_when_their_moments_have_passed()
    {
        var state = new DashboardState();
        Assert.Equal(0, state.NextChangeAt);
        state.Say("said", 1000);
        Assert.Equal(6000, state.NextChangeAt);
        state.Announce("mode", 1000);
        Assert.Equal(2500, state.NextChangeAt);
        state.IsDirty = false;

        state.Advance(2499);
        Assert.Equal(("said", "mode", false), (state.Message, state.Banner, state.IsDirty));
        state.Advance(2500);
        Assert.Equal(("said", "", true), (state.Message, state.Banner, state.IsDirty));
        Assert.Equal(6000, state.NextChangeAt);
        state.Advance(6000);
        Assert.Equal(("", 0), (state.Message, state.NextChangeAt));
    }

    [Fact]
    public void A_key_takes_the_message_away_and_what_is_said_anew_has_its_whole_moment()
    {
        var state = new DashboardState();
        state.Say("one", 1000);
        state.Hush();
        Assert.Equal(("", 0), (state.Message, state.NextChangeAt));
        state.Say("two", 2000);
        state.Say("three", 4000);
        state.Advance(7000);
        Assert.Equal("three", state.Message);
    }
}
