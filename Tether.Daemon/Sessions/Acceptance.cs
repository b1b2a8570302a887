using Tether.Protocol.Model;
using Tether.Protocol.Wire;

namespace Tether.Daemon.Sessions;

/// <summary>Watches an agent's state around the Enter of a text: whether it went to work. Owned by the session's thread.</summary>
/// <param name="before">The state before the text was typed.</param>
/// <param name="status">The state now.</param>
/// <param name="deadlines">Of the session.</param>
internal sealed class Acceptance(AgentStatus before, Func<AgentStatus?> status, Deadlines deadlines)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(50);

    private Action<SendStep>? _report;

    /// <summary>False where the state cannot tell: nothing is known, or the agent works already and takes the text when it is done.</summary>
    public bool IsTellable => before.State is not (AgentState.Unknown or AgentState.Working or AgentState.Starting);

    /// <summary>Reports the last step, once it is known.</summary>
    public void Await(Action<SendStep> report)
    {
        _report = report;
        LookAgain(Deadlines.Now + (long)Patience.TotalMilliseconds);
    }

    /// <summary>The session has ended: nothing more will be known.</summary>
    public void Ended() => LookAgain(Deadlines.Now);

    private void LookAgain(long until)
    {
        if (_report is not { } report)
        {
            return;
        }

        var now = status();
        if (now is not null && (now.State != before.State || now.Since != before.Since) && now.State != AgentState.Unknown)
        {
            _report = null;
            report(now.State is AgentState.LimitReached or AgentState.LoginNeeded or AgentState.Exited or AgentState.Lost
                ? new SendStep(SendReceipt.Rejected, $"{now.Rule}: {now.Detail}".TrimEnd(' ', ':'), IsLast: true)
                : new SendStep(SendReceipt.Accepted, IsLast: true));
        }
        else if (Deadlines.Now >= until)
        {
            _report = null;
            report(new SendStep(SendReceipt.Unconfirmed, "the agent's state did not change", IsLast: true));
        }
        else
        {
            deadlines.After(Look, () => LookAgain(until));
        }
    }
}
