using Tether.Protocol.Terminal;
using Tether.Tui.Native;
using Tether.Tui.Terminal.FullScreen;
using Tether.Tui.Tests.Support;
using Xunit;

using Tether.Tui.Rendering;

namespace Tether.Tui.Tests.Terminal.FullScreen;

public sealed class FullScreenTerminalTests : IDisposable
{
    private const long Now = 1000;

    private readonly TestPty _pty = new();
    private readonly string _claims = TestEnvironment.NewPath();

    public void Dispose() => _pty.Dispose();

    [Fact]
    public void The_first_frame_does_not_wait_for_an_answer()
    {
        using var terminal = Entered(new Capabilities());
        Assert.Equal(0, terminal.Output.DelayBeforeFrame(Now));
        terminal.Output.SendFrame("first frame"u8, Now);
        var seen = _pty.See("first frame");
        Assert.Contains("\e[?2026$p", seen, StringComparison.Ordinal);
        Assert.EndsWith("\e[cfirst frame", seen, StringComparison.Ordinal);
    }

    [Fact]
    public void Answers_refine_what_is_known_and_turn_the_keyboards_protocol_on()
    {
        using var terminal = Entered(new Capabilities());
        Type(terminal, "\e[?2026;2$y\e[?0u\eP>|kitty(0.40.0)\e\\\e]11;rgb:ffff/ffff/f0f0\e\\x\e[?62c");
        var known = terminal.Capabilities;
        Assert.Equal(
            (true, true, "kitty(0.40.0)", ColorDepth.TrueColor, 0xFFFFF0, false),
            (known.SynchronizedOutput, known.Kitty, known.Name, known.Colors, known.Background, known.IsDark));
        _pty.See("\e[>1u");
        var events = Taken(terminal);
        Assert.Equal(known, events.OfType<InputEvent.Refined>().Last().Capabilities);
        Assert.Equal('x', Assert.Single(events.OfType<InputEvent.Pressed>()).Press.CodePoint);
    }

    [Fact]
    public void A_session_may_demand_more_of_the_keyboard()
    {
        using var terminal = Entered(new Capabilities());
        Type(terminal, "\e[?0u\e[?62c");
        _pty.See("\e[>1u");
        terminal.DemandKeys(KittyFlags.ReportEvents);
        _pty.See("\e[=3u");
        terminal.DemandKeys(KittyFlags.None);
        _pty.See("\e[=1u");
        terminal.Leave();
        _pty.See("\e[<u");
    }

    [Fact]
    public void Where_there_is_no_kitty_protocol_modifyOtherKeys_is_set_and_put_back_as_it_was()
    {
        using var terminal = Entered(new Capabilities());
        Type(terminal, "\e[>4;1m\e[?62c");
        _pty.See("\e[>4;2m");
        terminal.Leave();
        _pty.See("\e[>4;1m");
    }

    [Fact]
    public void A_terminal_that_knows_neither_gets_neither()
    {
        using var terminal = Entered(new Capabilities());
        Type(terminal, "\e[?2026;0$y\e[?6c");
        terminal.Leave();
        var seen = _pty.See("\e[?25h");
        Assert.DoesNotContain("u", seen.Replace("\e[?u", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.DoesNotContain("\e[>4", seen, StringComparison.Ordinal);
        Assert.False(terminal.Capabilities.SynchronizedOutput);
    }

    [Fact]
    public void No_answer_refuses_what_the_person_refused()
    {
        using var terminal = Entered(new Capabilities { RefusesColor = true });
        Type(terminal, "\eP>|kitty(0.40.0)\e\\\e[?62c");
        Assert.Equal(ColorDepth.None, terminal.Capabilities.Colors);
    }

    [Fact]
    public void The_Linux_console_gets_no_sequence_that_it_might_print()
    {
        using var terminal = Entered(new Capabilities { IsLinuxConsole = true });
        terminal.Leave();
        var seen = _pty.See("\e[?25h");
        foreach (var sequence in (string[])["\e]", "\eP", "$", ">", "\e[?u", " q", "1002", "1006"])
        {
            Assert.DoesNotContain(sequence, seen, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_new_colour_scheme_is_asked_for_its_colours()
    {
        using var terminal = Entered(new Capabilities());
        Type(terminal, "\e]11;rgb:00/00/00\a\e[?62c");
        _pty.See("\e[c");
        Assert.True(terminal.Capabilities.IsDark);
        Type(terminal, "\e[?997;2n");
        Assert.False(terminal.Capabilities.IsDark);
        _pty.See("\e]11;?");
    }

    [Fact]
    public void Leaving_twice_and_in_an_emergency_is_leaving_once()
    {
        using var terminal = Entered(new Capabilities());
        Assert.False(_pty.IsEchoing);
        Type(terminal, "\e[?62c");
        terminal.Leave();
        Assert.True(_pty.IsEchoing);
        _pty.See("\e[?25h");
        terminal.Leave();
        terminal.Output.Send("."u8);
        Assert.DoesNotContain("\e[?1049l", _pty.See("."), StringComparison.Ordinal);
    }

    [Fact]
    public void A_suspended_terminal_is_as_it_was_until_it_is_entered_again()
    {
        using var terminal = Entered(new Capabilities());
        Type(terminal, "\e[?0u\e[?62c");
        terminal.Suspend();
        Assert.True(_pty.IsEchoing);
        _pty.See("\e[?1049l");
        terminal.Enter(Now);
        Assert.False(_pty.IsEchoing);
        Assert.Contains("\e[>1u", _pty.See("\e[c"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_terminal_whose_owner_was_killed_is_put_right_first_settings_too()
    {
        var before = _pty.Device.SavedSettings;
        using (var killed = TerminalClaim.TryTake(_claims, _pty.Device.Name, out _))
        {
            killed!.Record(before);
        }

        _pty.Device.EnterRawMode();
        using var second = Tui.Terminal.TerminalDevice.TryOpen(_pty.Device.Name!)!;
        Assert.NotEqual(before, second.SavedSettings);
        using (var terminal = new FullScreenTerminal(second, new Capabilities(), _claims))
        {
            terminal.Enter(Now);
            var seen = _pty.See("\e[c");
            Assert.True(seen.IndexOf("\e[!p", StringComparison.Ordinal) is var reset and >= 0 && reset < seen.LastIndexOf("\e[?1049h", StringComparison.Ordinal), seen);
            Type(terminal, "\e[?62c");
        }

        Assert.True(_pty.IsEchoing);
        Assert.Empty(Directory.GetFiles(_claims));
    }

    [Fact]
    public void A_terminal_that_does_not_read_is_left_in_time_and_put_right_by_the_next_one()
    {
        using var terminal = Entered(new Capabilities());
        Type(terminal, "\e[?62c");
        terminal.Output.SendFrame(new byte[1 << 20], Now);
        Assert.True(terminal.Output.Unsent > 0);
        while (Poller.WaitWritable(terminal.WaitDescriptor, 100) || terminal.Device.TryWrite("x"u8) > 0)
        {
            // The kernel still makes room, and not always says so, when it has moved on what it was given.
            terminal.Device.TryWrite(new byte[1000]);
        }

        terminal.Leave();
        Assert.True(_pty.IsEchoing);
        Assert.Single(Directory.GetFiles(_claims));
    }

    [Fact]
    public void A_far_line_is_not_taken_for_a_slow_one_when_the_answer_to_an_earlier_question_comes_soon_after_a_later_one()
    {
        using var terminal = Entered(new Capabilities());
        terminal.Enter(Now + 290);
        Type(terminal, "\e[?62c", Now + 300);
        Type(terminal, "\e[?62c", Now + 590);
        terminal.Output.SendFrame(new byte[DrainMeter.ProbeEvery], Now + 600);
        Type(terminal, "\e[0n", Now + 900);
        Assert.Null(terminal.Output.Meter.Rate);
    }

    [Fact]
    public void A_terminal_that_hung_up_says_so()
    {
        using var terminal = Entered(new Capabilities());
        _pty.HangUp();
        Assert.False(terminal.Serve(LibC.PollIn | LibC.PollHangUp, Now));
        Assert.True(terminal.Output.IsGone);
    }

    private FullScreenTerminal Entered(Capabilities capabilities)
    {
        var terminal = new FullScreenTerminal(_pty.Device, capabilities, _claims);
        terminal.Enter(Now);
        return terminal;
    }

    private void Type(FullScreenTerminal terminal, string text, long now = Now)
    {
        _pty.Type(text);
        Assert.True(Poller.WaitReadable(terminal.WaitDescriptor, 10_000));
        Assert.True(terminal.Serve(LibC.PollIn, now));
    }

    private static List<InputEvent> Taken(FullScreenTerminal terminal)
    {
        var taken = new List<InputEvent>();
        while (terminal.Input.TryTake(out var next))
        {
            taken.Add(next);
        }

        return taken;
    }
}
