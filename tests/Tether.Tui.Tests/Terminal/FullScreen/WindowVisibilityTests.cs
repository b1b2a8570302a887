using Tether.Protocol.Terminal.Keys;
using Tether.Tui.Terminal.FullScreen;
using Xunit;

namespace Tether.Tui.Tests.Terminal.FullScreen;

public sealed class WindowVisibilityTests
{
    private readonly WindowVisibility _window = new();

    [Fact]
    public void A_window_that_has_the_focus_is_never_asked_for()
    {
        Assert.Equal(-1, _window.NextTick(0));
        Answer(2);
        Assert.Equal((true, false), (_window.HasFocus, _window.IsHidden));
    }

    [Fact]
    public void Without_the_focus_it_is_asked_twice_and_no_more_while_it_is_open()
    {
        _window.Focus(hasFocus: false, isAsked: true, 1000);
        Assert.True(_window.TakeQuestion(1000));
        Answer(1);
        Assert.False(_window.TakeQuestion(1500));
        Assert.Equal(500, _window.NextTick(1500));
        Assert.True(_window.TakeQuestion(2000));
        Answer(1);
        Assert.Equal(-1, _window.NextTick(9000));
        Assert.False(_window.IsHidden);
    }

    [Fact]
    public void An_iconified_one_is_asked_until_it_is_open()
    {
        _window.Focus(hasFocus: false, isAsked: true, 1000);
        for (var now = 1000; now < 9000; now += 1000)
        {
            Assert.True(_window.TakeQuestion(now));
            Answer(2);
            Assert.True(_window.IsHidden);
        }

        Answer(1);
        Assert.False(_window.IsHidden);
    }

    [Fact]
    public void The_focus_shows_it_again()
    {
        _window.Focus(hasFocus: false, isAsked: true, 1000);
        Answer(2);
        _window.Focus(hasFocus: true, isAsked: true, 1100);
        Assert.Equal((false, -1), (_window.IsHidden, _window.NextTick(1100)));
    }

    [Fact]
    public void A_terminal_inside_another_is_not_asked()
    {
        _window.Focus(hasFocus: false, isAsked: false, 1000);
        Assert.Equal((false, -1), (_window.HasFocus, _window.NextTick(1000)));
    }

    private void Answer(int state)
    {
        _window.Take(new TerminalReply { Kind = ReplyKind.Window, Numbers = [state] });
    }
}
