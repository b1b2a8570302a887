using System.Text.RegularExpressions;
using Tether.Protocol.Terminal;

namespace Tether.Daemon.Sessions;

/// <summary>Somebody who waits.</summary>
/// <param name="Done">Hears what it came to.</param>
/// <param name="IsWanted">False once nobody listens any more.</param>
internal sealed record Waiter(Action<WaitOutcome> Done, Func<bool> IsWanted);

/// <summary>What a wait came to: `exit`, `idle`, `text` or `timeout`, and the row that matched.</summary>
internal readonly record struct WaitOutcome(string Outcome, string? Row = null);

/// <summary>
/// Those who wait for a session to print something, to be quiet, or to end. Whoever has left or been answered otherwise is dropped when it is
/// next looked at. Owned by the session's thread.
/// </summary>
internal sealed class Waits(Deadlines deadlines, TerminalEmulator emulator)
{
    // A screen is searched at most so often while a program prints.
    private static readonly TimeSpan SearchPause = TimeSpan.FromMilliseconds(20);

    private readonly List<(Regex Pattern, Waiter Waiter)> _patterns = [];
    private readonly List<Waiter> _ends = [];
    private long _lastOutput = Deadlines.Now;
    private bool _isSearchDue;

    /// <summary>How many are waited for.</summary>
    public int Count => _patterns.Count + _ends.Count;

    public void ForExit(Waiter waiter)
    {
        _ends.RemoveAll(other => !other.IsWanted());
        _ends.Add(waiter);
    }

    public void ForText(Regex pattern, Waiter waiter)
    {
        _patterns.Add((pattern, waiter));
        Search();
    }

    public void ForIdle(TimeSpan quiet, Waiter waiter)
    {
        ForExit(waiter);
        CheckIdle(quiet, waiter);
    }

    /// <summary>The program printed.</summary>
    public void Printed()
    {
        _lastOutput = Deadlines.Now;
        if (_patterns.Count > 0 && !_isSearchDue)
        {
            _isSearchDue = true;
            deadlines.After(SearchPause, Search);
        }
    }

    /// <summary>The session is over.</summary>
    public void Ended()
    {
        Search();
        foreach (var waiter in _ends.Concat(_patterns.Select(pattern => pattern.Waiter)))
        {
            waiter.Done(new WaitOutcome("exit"));
        }

        _ends.Clear();
        _patterns.Clear();
    }

    private void CheckIdle(TimeSpan quiet, Waiter waiter)
    {
        if (!waiter.IsWanted())
        {
            _ends.Remove(waiter);
            return;
        }

        var left = quiet - TimeSpan.FromMilliseconds(Deadlines.Now - _lastOutput);
        if (left <= TimeSpan.Zero)
        {
            _ends.Remove(waiter);
            waiter.Done(new WaitOutcome("idle"));
        }
        else
        {
            deadlines.After(left, () => CheckIdle(quiet, waiter));
        }
    }

    private void Search()
    {
        _isSearchDue = false;
        _patterns.RemoveAll(wait => !wait.Waiter.IsWanted());
        if (_patterns.Count == 0)
        {
            return;
        }

        var rows = ScreenRows.Of(emulator);
        _patterns.RemoveAll(wait =>
        {
            var row = Array.Find(rows, wait.Pattern.IsMatch);
            if (row is not null)
            {
                wait.Waiter.Done(new WaitOutcome("text", row));
            }

            return row is not null;
        });
    }
}
