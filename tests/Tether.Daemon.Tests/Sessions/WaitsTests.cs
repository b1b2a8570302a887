using System.Text.RegularExpressions;
using Tether.Daemon.Sessions;
using Tether.Protocol.Terminal;
using Xunit;

namespace Tether.Daemon.Tests.Sessions;

public sealed class WaitsTests
{
    private readonly Deadlines _deadlines = new();
    private readonly TerminalEmulator _emulator = new(new TerminalOptions { Columns = 20, Rows = 3 });
    private readonly List<WaitOutcome> _outcomes = [];
    private readonly Waits _waits;
    private bool _isWanted = true;

    public WaitsTests() => _waits = new Waits(_deadlines, _emulator);

    [Fact]
    public void Text_that_is_there_already_is_found_at_once()
    {
        _emulator.Feed("hello world"u8);
        _waits.ForText(new Regex("wor.d"), Waiter());
        Assert.Equal([new WaitOutcome("text", "hello world")], _outcomes);
        Assert.Equal(0, _waits.Count);
    }

    [Fact]
    public void Text_that_comes_later_is_found_then_and_once()
    {
        _waits.ForText(new Regex("^done$"), Waiter());
        Print("not done");
        Print("\r\ndone");
        Print("\r\ndone");
        Assert.Equal([new WaitOutcome("text", "done")], _outcomes);
    }

    [Fact]
    public void Quiet_is_told_only_after_so_long_without_output()
    {
        _waits.ForIdle(TimeSpan.FromMilliseconds(60), Waiter());
        Assert.Empty(_outcomes);
        RunUntil(() => _outcomes.Count > 0);
        Assert.Equal([new WaitOutcome("idle")], _outcomes);
        Assert.Equal(0, _waits.Count);
    }

    [Fact]
    public void The_end_answers_everybody_once()
    {
        _waits.ForExit(Waiter());
        _waits.ForIdle(TimeSpan.FromHours(1), Waiter());
        _waits.ForText(new Regex("never"), Waiter());
        _waits.Ended();
        _waits.Ended();
        Assert.Equal(Enumerable.Repeat(new WaitOutcome("exit"), 3), _outcomes);
    }

    [Fact]
    public void Text_in_the_last_output_counts_before_the_end()
    {
        _waits.ForText(new Regex("bye"), Waiter());
        _emulator.Feed("bye"u8);
        _waits.Ended();
        Assert.Equal([new WaitOutcome("text", "bye")], _outcomes);
    }

    [Fact]
    public void Who_has_left_is_forgotten()
    {
        _waits.ForText(new Regex("x"), Waiter());
        _waits.ForExit(Waiter());
        _waits.Printed();
        _waits.ForIdle(TimeSpan.FromMilliseconds(300), Waiter());
        _isWanted = false;
        Print("x");
        RunUntil(() => _waits.Count <= 1);
        _isWanted = true;
        _waits.ForExit(new Waiter(_ => { }, () => false));
        Assert.Empty(_outcomes);
        Assert.InRange(_waits.Count, 0, 2);
    }

    private Waiter Waiter() => new(_outcomes.Add, () => _isWanted);

    private void Print(string text)
    {
        _emulator.Feed(System.Text.Encoding.UTF8.GetBytes(text));
        _waits.Printed();
        var searched = _deadlines.Timeout < 0;
        RunUntil(() => searched || _deadlines.Timeout < 0 || _deadlines.Timeout > 25);
    }

    private void RunUntil(Func<bool> isDone)
    {
        Assert.True(SpinWait.SpinUntil(() =>
        {
            _deadlines.RunDue();
            return isDone();
        }, Soon.Limit));
    }
}
