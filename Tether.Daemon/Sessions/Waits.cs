using System.Text.RegularExpressions;
using Tether.Protocol.Terminal;

namespace Tether.Daemon.Sessions;

/// <summary>What a wait came to: `exit`, `idle`, `text` or `timeout`, and the row that matched.</summary>
internal readonly record struct WaitOutcome(string Outcome, string? Row = null);

/// <summary>Those who wait for a session to print something, to be quiet, or to end. Owned by the session's thread.</summary>
internal sealed class Waits(Deadlines deadlines, TerminalEmulator emulator)
{
    // A screen is searched at most so often while a program prints.
    private static readonly TimeSpan SearchPause = TimeSpan.FromMilliseconds(20);

    private readonly List<(Regex Pattern, Action<WaitOutcome> Done)> _patterns = [];
    private readonly List<Action<WaitOutcome>> _ends = [];
    private long _lastOutput = Deadlines.Now;
    private bool _isSearchDue;

    public void ForExit(Action<WaitOutcome> done) => _ends.Add(done);

    public void ForText(Regex pattern, Action<WaitOutcome> done)
    {
        _patterns.Add((pattern, done));
        Search();
    }

    public void ForIdle(TimeSpan quiet, Action<WaitOutcome> done)
    {
        ForExit(done);
        CheckIdle(quiet, done);
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
        foreach (var done in _ends.Concat(_patterns.Select(pattern => pattern.Done)))
        {
            done(new WaitOutcome("exit"));
        }
    }

    private void CheckIdle(TimeSpan quiet, Action<WaitOutcome> done)
    {
        var left = quiet - TimeSpan.FromMilliseconds(Deadlines.Now - _lastOutput);
        if (left <= TimeSpan.Zero)
        {
            _ends.Remove(done);
            done(new WaitOutcome("idle"));
        }
        else
        {
            deadlines.After(left, () => CheckIdle(quiet, done));
        }
    }

    private void Search()
    {
        _isSearchDue = false;
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
                wait.Done(new WaitOutcome("text", row));
            }

            return row is not null;
        });
    }
}
