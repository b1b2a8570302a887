using Tether.Daemon.Server.Api;
using Tether.Protocol.Model;
using Xunit;

namespace Tether.Daemon.Tests.Server.Api;

public sealed class WsTicketsTests
{
    private static readonly ApiCaller Caller = new("ci", ApiScope.Admin, "t-1", 0);

    private readonly ManualTime _time = new();

    [Fact]
    public void A_ticket_counts_once_for_one_session_and_allows_no_more_than_it_says()
    {
        var tickets = new WsTickets(_time);
        var ticket = tickets.Issue(Caller, "abc", AttachMode.Observe);
        var admission = tickets.Redeem(ticket)!;
        Assert.Equal((ApiScope.Observe, "abc", "t-1"), (admission.Caller.Scopes, admission.Session, admission.Caller.Token));
        Assert.Null(tickets.Redeem(ticket));
        Assert.Null(tickets.Redeem("wst_guess"));
    }

    [Fact]
    public void A_minute_later_it_counts_no_more()
    {
        var tickets = new WsTickets(_time);
        var ticket = tickets.Issue(Caller, "abc", AttachMode.Control);
        _time.Pass(WsTickets.Lifetime);
        Assert.Null(tickets.Redeem(ticket));
    }

    [Fact]
    public void What_it_opens_ends_when_the_token_that_got_it_expires()
    {
        var tickets = new WsTickets(_time);
        var end = _time.GetUtcNow() + TimeSpan.FromHours(1);
        Assert.Equal(end, tickets.Redeem(tickets.Issue(Caller with { Until = end }, "abc", AttachMode.Observe))!.Caller.Until);
    }

    [Fact]
    public void It_ends_with_the_token_that_got_it()
    {
        var tickets = new WsTickets(_time);
        var ticket = tickets.Issue(Caller, "abc", AttachMode.Control);
        tickets.Forget("t-1");
        Assert.Null(tickets.Redeem(ticket));
    }
}
