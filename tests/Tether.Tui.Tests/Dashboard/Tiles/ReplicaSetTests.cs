using Tether.Protocol.Model;
using Tether.Protocol.Terminal;
using Tether.Protocol.Wire;
using Tether.Tui.Dashboard.Link;
using Tether.Tui.Dashboard.Tiles;
using Tether.Tui.Tests.Support;
using Xunit;

namespace Tether.Tui.Tests.Dashboard.Tiles;

public sealed class ReplicaSetTests : IDisposable
{
    private readonly FakeConnection _daemon = new();
    private readonly DaemonLink _link;
    private readonly List<string> _complaints = [];
    private readonly ReplicaSet _replicas;

    public ReplicaSetTests()
    {
        _link = new DaemonLink(_daemon);
        _replicas = new ReplicaSet(_link, "own", _complaints.Add);
    }

    public void Dispose() => _link.Dispose();

    [Fact]
    public void A_new_session_is_observed_at_its_own_size_and_once()
    {
        _replicas.Follow([Running("a")]);
        _replicas.Follow([Running("a")]);
        var attach = Assert.IsType<AttachRequest>(Assert.Single(_daemon.Sent));
        Assert.Equal(("a", AttachMode.Observe, 30, 5), (attach.Session, attach.Mode, attach.Columns, attach.Rows));
        Assert.Equal((DashboardPace.Seen, true), (attach.Pace, attach.Replica));
        Assert.Null(_replicas.Find("a"));
        Answer(7);
        Assert.False(_replicas.Find("a")!.HasScreen);
        Come(FrameKind.Snapshot, 7, "hello");
        Assert.True(_replicas.Find("a")!.HasScreen);
        Assert.Equal("hello", FirstRow("a"));
    }

    [Fact]
    public void The_session_that_the_dashboard_runs_in_is_left_alone()
    {
        _replicas.Follow([Running("own")]);
        _replicas.SetPace("own", DashboardPace.Seen);
        Assert.Empty(_daemon.Sent);
    }

    [Fact]
    public void A_session_that_is_gone_is_detached_and_what_still_comes_of_it_is_nobodys()
    {
        Attach("a", 7);
        _replicas.Follow([]);
        Assert.Equal(7, _daemon.Last<DetachRequest>().Channel);
        Assert.Null(_replicas.Find("a"));
        Come(FrameKind.Output, 7, "late");
        Assert.Null(_replicas.SessionOf(Connection(7)));
    }

    [Fact]
    public void A_session_that_was_gone_before_the_answer_is_detached_with_it()
    {
        _replicas.Follow([Running("a")]);
        _replicas.Follow([]);
        Answer(7);
        Assert.Equal(7, _daemon.Last<DetachRequest>().Channel);
        Assert.Null(_replicas.Find("a"));
    }

    [Fact]
    public void A_pace_is_told_when_it_changes()
    {
        Attach("a", 7);
        _replicas.SetPace("a", DashboardPace.Seen);
        Assert.Empty(_daemon.Sent.OfType<PaceRequest>());
        _replicas.SetPace("a", DashboardPace.Live);
        _replicas.SetPace("a", DashboardPace.Live);
        _replicas.SetPace("unknown", DashboardPace.Live);
        var pace = Assert.Single(_daemon.Sent.OfType<PaceRequest>());
        Assert.Equal((7, DashboardPace.Live), (pace.Channel, pace.Milliseconds));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void History_comes_as_a_capture_into_an_emulator_of_its_own(bool hasEnded)
    {
        Attach("a", 7);
        Come(FrameKind.Snapshot, 7, "live");
        if (hasEnded)
        {
            Come(new ExitedNotice { Channel = 7, Session = Ended("a") });
        }

        (TerminalEmulator Emulator, long Row)? history = null;
        _replicas.AskHistory("a", 100, (emulator, row) => history = (emulator, row));
        var asked = _daemon.Last<CaptureRequest>();
        Assert.Equal(("a", 100, "vt"), (asked.Session, asked.Scrollback, asked.Format));
        _daemon.Come(new CaptureReply { Re = asked.Id, Text = "1\r\n2\r\n3\r\n4\r\n5\r\n6\r\n7", Columns = 30, Rows = 5, CursorRow = 4, CursorColumn = 1, OutputRow = 41 });
        Take();

        Assert.Equal((2, 41L), (history!.Value.Emulator.ScrollbackCount, history.Value.Row));
        Assert.Equal("live", FirstRow("a"));
    }

    [Fact]
    public void One_that_was_lost_and_runs_again_is_attached_again()
    {
        Attach("a", 7);
        Come(new ExitedNotice { Channel = 7, Session = Ended("a") });
        _replicas.Follow([Running("a")]);

        Assert.Equal(2, _daemon.Sent.OfType<AttachRequest>().Count());
    }

    [Fact]
    public void A_new_size_is_taken_over_and_kept_should_control_come()
    {
        Attach("a", 7);
        Come(new ResizedNotice { Channel = 7, Columns = 90, Rows = 20, Offset = 0, By = "me" });
        Assert.Equal((90, 20), (_replicas.Find("a")!.Emulator.Columns, _replicas.Find("a")!.Emulator.Rows));
        Assert.Equal((90, 20), (_daemon.Last<ResizeRequest>().Columns, _daemon.Last<ResizeRequest>().Rows));
    }

    [Fact]
    public void Control_is_told_by_notices()
    {
        Attach("a", 7);
        Come(new ControlNotice { Channel = 7, Mode = AttachMode.Control, Cause = "taken" });
        Assert.Equal(AttachMode.Control, _replicas.Find("a")!.Mode);
        Come(new ControlNotice { Channel = 7, Mode = AttachMode.Observe, Cause = "taken", By = "other" });
        Assert.Equal(AttachMode.Observe, _replicas.Find("a")!.Mode);
    }

    [Fact]
    public void A_refusal_is_said_once_and_tried_again()
    {
        for (var round = 0; round < 2; round++)
        {
            _replicas.Follow([Running("a")]);
            _daemon.Come(new ErrorReply { Re = _daemon.Last<AttachRequest>().Id, Code = ErrorCode.BadRequest, Message = "not now" });
            Take();
        }

        Assert.Equal(2, _daemon.Sent.OfType<AttachRequest>().Count());
        Assert.Equal(["not now"], _complaints);
    }

    [Fact]
    public void A_session_that_ends_keeps_its_last_screen()
    {
        Attach("a", 7);
        Come(FrameKind.Snapshot, 7, "bye");
        Come(FrameKind.Reset, 7, "\ec");
        Come(new ExitedNotice { Channel = 7, Session = Ended("a") });
        _replicas.Follow([Ended("a")]);
        _replicas.SetPace("a", DashboardPace.Listed);
        Assert.Equal("bye", FirstRow("a"));
        Assert.Single(_daemon.Sent);
    }

    [Fact]
    public void One_that_had_ended_before_is_fetched_when_it_is_seen()
    {
        _replicas.Follow([Ended("a")]);
        _replicas.SetPace("a", DashboardPace.Listed);
        Assert.Empty(_daemon.Sent);
        _replicas.SetPace("a", DashboardPace.Seen);
        _replicas.SetPace("a", DashboardPace.Seen);
        Assert.Single(_daemon.Sent);
        Answer(7);
        Come(FrameKind.Snapshot, 7, "long ago");
        Come(new ExitedNotice { Channel = 7, Session = Ended("a") });
        Assert.Equal("long ago", FirstRow("a"));
    }

    private static SessionRecord Running(string id) => FakeDaemon.Session with { Id = id, Columns = 30, Rows = 5 };

    private static SessionRecord Ended(string id) => Running(id) with { State = SessionState.Exited, ExitCode = 0 };

    private static Tui.Connection.Incoming Connection(int channel) => Tui.Connection.Incoming.Of(new FrameHeader(FrameKind.Output, channel, 0, 0), default);

    private void Attach(string session, int channel)
    {
        _replicas.Follow([Running(session)]);
        Answer(channel);
    }

    private void Answer(int channel)
    {
        var attach = _daemon.Last<AttachRequest>();
        _daemon.Come(new AttachedReply { Re = attach.Id, Channel = channel, Mode = AttachMode.Observe, Session = Running(attach.Session) });
        Take();
    }

    private void Come(Message message)
    {
        _daemon.Come(message);
        Take();
    }

    private void Come(FrameKind kind, int channel, string text)
    {
        _daemon.Come(kind, channel, text);
        Take();
    }

    private void Take() => _link.Take(_replicas.Take);

    private string FirstRow(string session)
    {
        var emulator = _replicas.Find(session)!.Emulator;
        return emulator.GetText(emulator.RowAt(emulator.TopRow));
    }
}
