using System.Text.RegularExpressions;
using Tether.Daemon.Sessions;
using Tether.Protocol.Model;
using Tether.Protocol.Wire;
using Xunit;

namespace Tether.Daemon.Tests.Sessions;

/// <summary>Desktop notifications between what a session's terminals get.</summary>
public sealed class AlertTests : IDisposable
{
    private const string Sequence = "\e]9;claude needs approval\e\\";

    private static readonly AlertNotice Notice = new() { Item = "ab2", Title = "claude needs approval" };

    private readonly SessionRig _rig = new();
    private readonly PtyPair _window = new();
    private readonly FakeConnection _ann = new("ann");

    public void Dispose()
    {
        _rig.Dispose();
        _window.Dispose();
    }

    [Fact]
    public void A_lent_window_gets_it_before_the_sequence_that_is_held_back()
    {
        var lent = Lend();
        _rig.Print("a\e[3");
        _rig.Do(() => lent.Alert(Notice));
        Assert.Equal($"a{Sequence}", _window.ReadScreenUntil("approval\e\\"));
        _rig.Print("1mb");
        Assert.Equal("\e[31mb", _window.ReadScreenUntil("b"));
    }

    [Fact]
    public void A_lent_window_gets_it_behind_a_long_sequence_that_goes_through_in_pieces()
    {
        var lent = Lend();
        _rig.Print("\e]52;c;" + new string('A', 8000));
        _rig.Do(() => lent.Alert(Notice));
        _rig.Print("\e\\after");
        var screen = _window.ReadScreenUntil("approval\e\\");
        Assert.EndsWith($"A\e\\after{Sequence}", screen, StringComparison.Ordinal);
    }

    [Fact]
    public void A_lent_window_whose_menu_is_open_gets_it_when_it_is_closed()
    {
        var lent = Lend();
        _window.Type("\u001d");
        _ann.Next<ChordNotice>();
        _rig.Do(() => lent.Alert(Notice));
        Assert.Equal("", _window.Drain(screen: true));
        _rig.Attachments.Resume(_ann, new ResumeRequest { Channel = lent.Channel });
        Assert.Equal(Sequence, _window.ReadScreenUntil("approval\e\\"));
    }

    [Fact]
    public void A_lent_window_that_is_not_read_gets_the_first_ones_behind_all_output()
    {
        var lent = Lend();
        for (var line = 0; line < 20_000; line++)
        {
            _rig.Program.Print($"line {line}\r\n");
        }

        for (var i = 0; i < 100; i++)
        {
            _rig.Do(() => lent.Alert(Notice));
        }

        _rig.Program.Print("done");
        _rig.AwaitScreen("done");
        var screen = _window.ReadScreenUntil("approval\e\\");
        Assert.InRange(screen.IndexOf(Sequence, StringComparison.Ordinal), screen.IndexOf("done", StringComparison.Ordinal), screen.Length);
        _rig.Do(() => { });
        Assert.InRange(Regex.Count(screen + _window.Drain(screen: true), Regex.Escape(Sequence)), 1, 8);
    }

    [Fact]
    public void A_relayed_channel_hears_it_behind_a_long_sequence_that_goes_through_in_pieces()
    {
        var channel = _rig.Attach(_ann).Channel;
        _ann.ReadUntil("\e[?2026l");
        var viewer = _rig.Ask(() => _rig.Session.Controller!);
        _rig.Print("\e]52;c;" + new string('A', 8000));
        _rig.Do(() => viewer.Alert(Notice with { Channel = channel }));
        Assert.DoesNotContain(_ann.Waiting(), message => message is AlertNotice);
        _rig.Print("\e\\after");
        Assert.Equal(Notice with { Channel = channel }, _ann.Next<AlertNotice>());
        Assert.Contains("after", string.Concat(_ann.WaitingFrames().Select(frame => System.Text.Encoding.Latin1.GetString(frame.Payload))), StringComparison.Ordinal);
    }

    [Fact]
    public void A_replica_is_never_asked_to_show_one()
    {
        _rig.Attachments.Attach(_ann, new AttachRequest { Session = _rig.Session.Id, Columns = 80, Rows = 24, Replica = true, Alerts = "osc9" });
        _ann.Next<AttachedReply>();
        Assert.Equal("none", _rig.Ask(() => Attention.LastUsed(_rig.Session)?.ToString() ?? "none"));
    }

    [Theory]
    [InlineData("\e[I", true, false)]
    [InlineData("\e[O", false, false)]
    [InlineData("\e[I\e[O", false, false)]
    [InlineData("x\e[Iy", true, true)]
    [InlineData("\e", null, true)]
    [InlineData("\e[A", null, true)]
    [InlineData("\e\e[I", true, true)]
    public void Focus_reports_are_told_from_keys(string keys, bool? hasFocus, bool isTyped)
    {
        var watch = new FocusWatch();
        Assert.Equal(isTyped, watch.Take(System.Text.Encoding.ASCII.GetBytes(keys)));
        Assert.Equal(hasFocus, watch.HasFocus);
    }

    [Fact]
    public void A_focus_report_may_come_in_pieces()
    {
        var watch = new FocusWatch();
        watch.Take("\e"u8);
        watch.Take("["u8);
        Assert.False(watch.Take("I"u8));
        Assert.True(watch.HasFocus);
    }

    private LentTerminal Lend()
    {
        var lent = _rig.Lend(_ann, _window);
        _rig.Do(() => lent.Alerts = DesktopAlert.Osc9);
        _window.ReadScreenUntil("\e[?2026l");
        return lent;
    }
}
