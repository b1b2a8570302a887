using Tether.Protocol.Wire;
using Tether.Tui.Connection;
using Tether.Tui.Dashboard.Link;
using Tether.Tui.Tests.Support;
using Xunit;

namespace Tether.Tui.Tests.Dashboard.Link;

public sealed class DaemonLinkTests : IDisposable
{
    private readonly FakeConnection _daemon = new();
    private readonly DaemonLink _link;
    private readonly List<string> _told = [];
    private readonly List<Incoming> _unasked = [];

    public DaemonLinkTests() => _link = new DaemonLink(_daemon);

    public void Dispose() => _link.Dispose();

    [Fact]
    public void Answers_reach_who_asked_in_whatever_order_they_come()
    {
        Ask("first");
        Ask("second");
        var ids = _daemon.Sent.OfType<Request>().Select(request => request.Id).ToArray();
        _daemon.Come(new OkReply { Re = ids[1] });
        _daemon.Come(new OkReply { Re = ids[0] });
        Take();
        Assert.Equal(["second", "first"], _told);
    }

    [Fact]
    public void A_refusal_tells_the_daemon_s_reason_and_an_answer_of_another_kind_is_one()
    {
        Ask("first");
        _daemon.Come(new ErrorReply { Re = _daemon.Last<ListRequest>().Id, Code = ErrorCode.Internal, Message = "because" });
        Ask("second");
        _daemon.Come(new EventsReply { Re = _daemon.Last<ListRequest>().Id, Events = [] });
        Take();
        Assert.Equal(["refused: because", "refused: the daemon answered with EventsReply"], _told);
    }

    [Fact]
    public void Answers_that_nobody_waits_for_are_dropped_and_notices_are_told()
    {
        _link.Tell(new SubscribeRequest());
        _daemon.Come(new OkReply { Re = _daemon.Last<SubscribeRequest>().Id });
        _daemon.Come(new SessionEventNotice { Session = "a", Kind = "bell", At = default });
        Take();
        Assert.IsType<SessionEventNotice>(Assert.Single(_unasked).Message);
    }

    [Fact]
    public void Long_input_is_sent_in_frames_that_the_daemon_takes()
    {
        var typed = new string('x', FrameHeader.MaxFrame + 10);
        _link.SendInput(3, System.Text.Encoding.UTF8.GetBytes(typed));
        Assert.Equal(3, _daemon.Typed.Count);
        Assert.All(_daemon.Typed, piece => Assert.True(piece.Text.Length + FrameHeader.Size <= FrameHeader.MaxFrame));
        Assert.Equal(typed, string.Concat(_daemon.Typed.Select(piece => piece.Text)));
    }

    [Fact]
    public void No_input_is_no_frame()
    {
        _link.SendInput(3, default);
        Assert.Empty(_daemon.Typed);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void A_daemon_that_is_gone_is_noticed_by_whatever_is_done(int what)
    {
        Assert.False(_link.IsLost);
        _daemon.IsGone = true;
        switch (what)
        {
            case 0: Take(); break;
            case 1: _link.Tell(new SubscribeRequest()); break;
            default: _link.SendInput(1, "x"u8); break;
        }

        Assert.True(_link.IsLost);
    }

    private void Ask(string name) => _link.Ask<OkReply>(new ListRequest(), _ => _told.Add(name), refusal => _told.Add($"refused: {refusal}"));

    private void Take() => _link.Take(_unasked.Add);
}
