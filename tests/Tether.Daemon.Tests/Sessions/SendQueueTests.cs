using System.Text;
using Tether.Daemon.Sessions;
using Tether.Protocol.Model;
using Tether.Protocol.Terminal;
using Tether.Protocol.Wire;
using Xunit;

namespace Tether.Daemon.Tests.Sessions;

public sealed class SendQueueTests : IDisposable
{
    private readonly PtyPair _program = new();
    private readonly Deadlines _deadlines = new();
    private readonly TerminalEmulator _emulator = new(new TerminalOptions());
    private readonly List<string> _steps = [];
    private readonly List<string> _told = [];
    private readonly DraftWatch _drafts = new(ComposerKind.Agent);
    private readonly Pty _pty;
    private readonly PtyInput _input;
    private readonly TextDelivery _text;
    private SendQueue _sends;
    private string _typed = "";
    private ComposerLook _look;
    private AgentStatus? _status;
    private bool _isSilent;

    public SendQueueTests()
    {
        _pty = new Pty(_program.Master, default);
        _input = new PtyInput(_pty);
        _text = new TextDelivery(_input, _emulator, _deadlines);
        _sends = Queue(_drafts);
    }

    public void Dispose() => _program.Dispose();

    [Fact]
    public void Without_a_draft_a_text_goes_at_once()
    {
        Send("hello");
        Until("submitted");
        Assert.Equal("hello\r", _typed);
        Assert.Equal(["hello typed", "hello submitted"], _steps);
    }

    [Fact]
    public void A_text_waits_until_a_draft_is_sent_and_the_one_in_control_is_told()
    {
        Press("dra");
        Send("hello");
        Assert.Equal(["hello queued"], _steps);
        Assert.Equal(["1 message waits until you have sent or cleared what you typed"], _told);
        Assert.Equal(1, _sends.Waiting);
        Press("ft");
        Run(1500);
        Assert.Equal("draft", _typed);
        Press("\r");
        Until("submitted");
        Assert.Equal("draft\rhello\r", _typed);
    }

    [Fact]
    public void A_text_waits_while_keys_come_although_they_leave_no_draft()
    {
        Press("\e[D");
        Send("hello");
        Assert.Equal("\e[D", _typed);
        Assert.Equal(["hello queued"], _steps);
        Until("submitted");
    }

    [Fact]
    public void Keys_by_name_are_a_draft_too_but_nobody_types_on()
    {
        _sends.Typed("dra"u8, byHand: false);
        Send("refused", patience: 0);
        Assert.Equal(["refused rejected draft-pending"], _steps);
        Run(200);
        _sends.Typed("\r"u8, byHand: false);
        Send("hello");
        Until("hello submitted");
    }

    [Fact]
    public void Who_does_not_want_to_wait_is_refused_at_once_and_nothing_is_typed()
    {
        Press("draft");
        Send("hello", patience: 0);
        Assert.Equal(["hello rejected draft-pending"], _steps);
        Assert.Equal(0, _sends.Waiting);
        Press("\r");
        Run(1500);
        Assert.Equal("draft\r", _typed);
    }

    [Fact]
    public void Whose_patience_is_over_is_refused()
    {
        Press("draft");
        Send("hello", patience: 0.3);
        Until("hello rejected draft-pending");
        Assert.Equal("draft", _typed);
    }

    [Fact]
    public void A_text_that_nobody_wants_any_more_is_dropped()
    {
        var isWanted = true;
        Press("draft");
        _sends.Add(new Send { Text = "hello", Enter = true, IsWanted = () => isWanted, Report = _ => { } });
        isWanted = false;
        Press("\r");
        Run(1500);
        Assert.Equal("draft\r", _typed);
        Assert.Equal(0, _sends.Waiting);
    }

    [Fact]
    public void Texts_of_several_go_one_after_the_other()
    {
        Send("one");
        Send("two");
        Send("three");
        Until("three submitted");
        Assert.Equal("one\rtwo\rthree\r", _typed);
    }

    [Fact]
    public void One_that_nothing_follows_holds_the_next_only_until_it_is_unconfirmed()
    {
        _isSilent = true;
        Send("one");
        Send("two");
        Until("two unconfirmed");
        Assert.Equal("one\rtwo\r", _typed);
    }

    [Fact]
    public void Keys_between_a_text_and_its_Enter_come_behind_it_in_their_order()
    {
        Send("hello");
        Press("dr");
        Press("aft");
        Assert.Equal("hello", _typed);
        Until("submitted");
        Run(0);
        Assert.Equal("hello\rdraft", _typed);
        Send("second", patience: 0);
        Assert.Contains("second rejected draft-pending", _steps);
    }

    [Fact]
    public void Without_Enter_a_text_is_a_draft_that_another_may_join()
    {
        Send("one", enter: false);
        Send("two", patience: 0);
        Assert.Equal(["one typed", "two rejected draft-pending"], _steps);
        Send(" three", append: true);
        Until("three submitted");
        Send("four");
        Until("four submitted");
        Assert.Equal("one three\rfour\r", _typed);
    }

    [Fact]
    public void Too_many_are_refused()
    {
        Press("draft");
        for (var i = 0; i < SendQueue.Most; i++)
        {
            Send($"{i}");
        }

        Assert.False(_sends.Add(new Send { Text = "x", Report = _ => { } }));
    }

    [Fact]
    public void A_text_waits_while_the_agent_asks()
    {
        _status = Status(AgentState.NeedsApproval);
        Send("hello");
        Run(300);
        Assert.Equal("", _typed);
        _status = Status(AgentState.Working);
        Until("submitted");
    }

    [Fact]
    public void What_a_shells_program_asks_is_answered_by_a_text()
    {
        _sends = Queue(new DraftWatch(ComposerKind.CommandLine));
        _status = Status(AgentState.NeedsAnswer);
        Send("y");
        Until("submitted");
        Assert.Equal("y\r", _typed);
    }

    [Fact]
    public void The_agent_that_goes_to_work_has_accepted()
    {
        _status = Status(AgentState.Waiting);
        Send("hello", follow: true);
        Until("submitted");
        _status = Status(AgentState.Working);
        Until("accepted");
        Assert.Equal(["hello typed", "hello submitted", "hello accepted"], _steps);
    }

    [Fact]
    public void The_agent_whose_limit_is_reached_has_rejected()
    {
        _status = Status(AgentState.Waiting);
        Send("hello", follow: true);
        Until("submitted");
        _status = Status(AgentState.LimitReached);
        Until("rejected");
    }

    [Fact]
    public void The_agent_that_ends_upon_a_text_is_not_waited_for()
    {
        _status = Status(AgentState.Waiting);
        Send("/exit", follow: true);
        Until("submitted");
        _status = Status(AgentState.Exited);
        _sends.Ended();
        Assert.Equal(["/exit typed", "/exit submitted", "/exit rejected"], _steps);
    }

    [Fact]
    public void Of_an_agent_at_work_nothing_tells_more_than_that_the_screen_changed()
    {
        _status = Status(AgentState.Working);
        Send("hello", follow: true);
        Until("submitted");
        Assert.Equal(["hello typed", "hello submitted"], _steps);
    }

    [Fact]
    public void A_doubt_ends_when_the_screen_shows_an_empty_composer()
    {
        Press("\e[A");
        Print("history");
        _look = ComposerLook.Text;
        Send("hello");
        Run(1500);
        Assert.Equal("\e[A", _typed);
        _look = ComposerLook.Empty;
        Until("submitted");
    }

    [Fact]
    public void A_screen_from_before_the_last_key_is_not_believed()
    {
        _look = ComposerLook.Empty;
        _isSilent = true;
        Press("dra");
        Send("hello", patience: 1.8);
        Until("hello rejected draft-pending");
        Assert.Equal("dra", _typed);
    }

    [Fact]
    public void Text_that_the_screen_shows_is_a_draft_although_no_key_is_known()
    {
        Print("composer");
        Run(1200);
        _look = ComposerLook.Text;
        Send("hello", patience: 0);
        Assert.Equal(["hello rejected draft-pending"], _steps);
    }

    [Fact]
    public void The_end_of_the_session_ends_what_waits()
    {
        Press("draft");
        Send("hello");
        _sends.Ended();
        Assert.Equal(["hello queued", "hello rejected not-running"], _steps);
    }

    private static AgentStatus Status(AgentState state) =>
        new() { State = state, Since = DateTimeOffset.UnixEpoch, Source = SignalSource.Screen, Rule = "test" };

    private SendQueue Queue(DraftWatch drafts) =>
        new(_input, _text, drafts, new Composer(_emulator, _pty, _ => _look), _deadlines) { Tell = _told.Add, Status = () => _status };

    private void Send(string text, bool enter = true, bool append = false, double patience = 30, bool follow = false) => Assert.True(_sends.Add(new Send
    {
        Text = text,
        Enter = enter,
        Append = append,
        Follow = follow,
        Patience = TimeSpan.FromSeconds(patience),
        Report = step => _steps.Add($"{text.Trim()} {step.Receipt} {step.Code}".Trim()),
    }));

    private void Press(string keys)
    {
        Assert.True(_sends.Typed(Encoding.UTF8.GetBytes(keys), byHand: true));
        Read();
    }

    private void Print(string text)
    {
        _emulator.Feed(Encoding.UTF8.GetBytes(text));
        _text.Printed();
        _sends.Printed(_emulator);
    }

    // The program reads, and prints whenever it has read something.
    private void Read()
    {
        var read = _program.Drain(screen: false);
        _typed += read;
        if (read.Length > 0 && !_isSilent)
        {
            Print(".");
        }
    }

    private void Run(int milliseconds)
    {
        var end = Deadlines.Now + milliseconds;
        SpinWait.SpinUntil(() =>
        {
            _deadlines.RunDue();
            Read();
            return Deadlines.Now >= end;
        });
    }

    private void Until(string step) => Assert.True(SpinWait.SpinUntil(() =>
    {
        _deadlines.RunDue();
        Read();
        return _steps.Exists(known => known.Contains(step, StringComparison.Ordinal));
    }, Soon.Limit), $"no {step}, but {string.Join(", ", _steps)}; typed: {_typed}");
}
