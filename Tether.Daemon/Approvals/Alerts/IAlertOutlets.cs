using Tether.Protocol.Model;
using Tether.Protocol.Wire;

namespace Tether.Daemon.Approvals.Alerts;

/// <summary>The ways to a person, and whether one is needed. Calls come one after another.</summary>
internal interface IAlertOutlets
{
    /// <summary>The person in control of the session looks at it.</summary>
    Task<bool> IsLookedAtAsync(string session);

    /// <summary>Tells a client that shows what the desktop should hear. False when there is none.</summary>
    bool TellSubscriber(string session, AlertNotice alert);

    /// <summary>Tells the attached terminal that was used last. False when none can show it.</summary>
    Task<bool> TellTerminalAsync(AlertNotice alert);

    /// <summary>Tells the desktop that the daemon itself was started on, if it was on any.</summary>
    void TellDesktop(AlertNotice alert);

    /// <summary>Runs the person's own command, if there is one.</summary>
    void RunCommand(QueueItem item);
}
