using System.Text;
using Tether.Protocol.Model;
using Tether.Protocol.Wire;
using Tether.Tui.Dashboard;
using Tether.Tui.Terminal.FullScreen;
using Xunit;

namespace Tether.Tui.Tests.Dashboard;

public sealed class DashboardAlertsTests
{
    private static readonly AlertNotice Alert = new() { Item = "a", Title = "claude needs approval", Text = "work" };

    private readonly WindowVisibility _visibility = new();
    private QueueItem? _item;

    [Fact]
    public void A_window_without_the_focus_shows_it()
    {
        _visibility.Focus(hasFocus: false, isAsked: false, 0);
        var alerts = Alerts("osc9");
        alerts.Typed(1000);
        Assert.Equal("\e]9;claude needs approval — work\e\\", Take(alerts, 1000));
    }

    [Fact]
    public void A_window_with_the_focus_shows_nothing()
    {
        _visibility.Focus(hasFocus: true, isAsked: false, 0);
        Assert.Equal("", Take(Alerts("osc9"), 1_000_000));
    }

    [Fact]
    public void A_window_that_does_not_say_has_the_focus_while_somebody_types()
    {
        var alerts = Alerts("osc9");
        Assert.NotEqual("", Take(alerts, 0));
        alerts.Typed(1000);
        Assert.Equal("", Take(alerts, 31_000));
        Assert.NotEqual("", Take(alerts, 31_001));
    }

    [Fact]
    public void What_is_over_by_now_is_not_shown()
    {
        _item = new QueueItem { Id = "a", Kind = QueueKind.Approval, Session = "s", Agent = "claude", Title = "t", AskedAt = default, State = QueueState.Open };
        Assert.NotEqual("", Take(Alerts("osc9"), 0));
        _item = _item with { State = QueueState.Closed };
        Assert.Equal("", Take(Alerts("osc9"), 0));
    }

    [Fact]
    public void A_terminal_that_shows_none_is_sent_none()
    {
        Assert.False(Alerts(null).CanShow);
        Assert.Equal("", Take(Alerts(null), 0));
    }

    private static string Take(DashboardAlerts alerts, long now) => Encoding.UTF8.GetString(alerts.Take(Alert, now));

    private DashboardAlerts Alerts(string? way) => new(way, _visibility, _ => _item);
}
