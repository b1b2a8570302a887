using Tether.Protocol.Model;

namespace Tether.Daemon.Approvals;

/// <summary>What follows from the states of sessions for what they ask. Calls come one after another.</summary>
/// <param name="items">Told of every change, and of a state that asks and that nothing explains.</param>
/// <param name="notAsking">Told of a session that stopped asking, at once.</param>
/// <param name="promptsGone">Told later of a session that has not asked again since it stopped at that time: what it had asked before was answered in its own prompt.</param>
/// <param name="post">Brings work back into the order of calls.</param>
/// <param name="clock">For what follows later.</param>
internal sealed class StateFollower(StateItems items, Action<string> notAsking, Action<string, DateTimeOffset> promptsGone, Action<Action> post, TimeProvider clock)
{
    // What an agent asks is told within this time after it began to stand still, by one way or another.
    private static readonly TimeSpan ExplanationLimit = TimeSpan.FromMilliseconds(900);

    private readonly Dictionary<string, AgentStatus> _statuses = [];

    // Sessions that asked and stopped, and do not ask now.
    private readonly Dictionary<string, DateTimeOffset> _stoppedAt = [];

    /// <summary>A session's state is known, or has changed.</summary>
    public void StateIs(string session, AgentStatus status)
    {
        var before = _statuses.GetValueOrDefault(session);
        _statuses[session] = status;
        if (before?.State == status.State && before.Since == status.Since)
        {
            return;
        }

        items.Changed(session, status);
        if (IsAsking(status))
        {
            _stoppedAt.Remove(session);
            Later(() => Explained(session, status));
        }
        else if (before is not null && IsAsking(before))
        {
            _stoppedAt[session] = status.Since;
            notAsking(session);
            Later(() => WentOn(session, status.Since));
        }
    }

    /// <summary>A session is over.</summary>
    public void Forget(string session)
    {
        _stoppedAt.Remove(session);
        _statuses.Remove(session);
    }

    private static bool IsAsking(AgentStatus status) => status.State is AgentState.NeedsApproval or AgentState.NeedsAnswer;

    private void WentOn(string session, DateTimeOffset since)
    {
        // What it asks next may be here before the state that tells so.
        if (_stoppedAt.TryGetValue(session, out var stopped) && stopped == since)
        {
            _stoppedAt.Remove(session);
            promptsGone(session, since);
        }
    }

    private void Explained(string session, AgentStatus status)
    {
        if (_statuses.GetValueOrDefault(session) is not { } now || now.State != status.State || now.Since != status.Since)
        {
            return;
        }

        // A prompt that was answered is gone before the agent is seen to go on.
        if (items.SettledAt(session) is { } settled && clock.GetUtcNow() - settled < ExplanationLimit)
        {
            Later(() => Explained(session, status));
        }
        else
        {
            items.Unexplained(session, status);
        }
    }

    private void Later(Action action) => Task.Delay(ExplanationLimit, clock).ContinueWith(_ => post(action), TaskScheduler.Default);
}
