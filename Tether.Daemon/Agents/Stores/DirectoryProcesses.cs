using Tether.Daemon.Native;

namespace Tether.Daemon.Agents.Stores;

/// <summary>
/// The processes of an agent that tells nobody which session it has open, as they are when this is made: each is taken for the owner of the newest session
/// of its directory that was written to since it began, or of the one that its command line names.
/// </summary>
internal sealed class DirectoryProcesses(string program)
{
    private readonly List<ProcessFacts> _free = [.. ProcessFacts.Named(program, ProcessFacts.BootTime() ?? DateTimeOffset.MinValue)];

    /// <summary>The process that seems to own the session, which then owns no other. To be asked with the newest session first.</summary>
    public RunningSign? Claim(KeptSession session)
    {
        var index = _free.FindIndex(process => process.Arguments.Contains(session.Id));
        if (index < 0)
        {
            // The kernel counts from a moment that /proc tells to the second only.
            index = _free.FindIndex(process => process.Directory == session.Directory && session.LastActivity >= process.StartedAt.AddSeconds(-1));
        }

        if (index < 0)
        {
            return null;
        }

        var owner = _free[index];
        _free.RemoveAt(index);
        return Sign(owner);
    }

    /// <summary>All that work in a directory.</summary>
    public IReadOnlyList<RunningSign> In(string directory) => [.. _free.Where(process => process.Directory == directory).Select(Sign)];

    private RunningSign Sign(ProcessFacts process) => new(process.ProcessId, $"pid {process.ProcessId} ({program} works in {process.Directory})");
}
