using Tether.Protocol.Model;

namespace Tether.Daemon.Approvals;

/// <summary>Where every decision is written down. May be called from any thread.</summary>
internal interface IAuditLog
{
    /// <summary>Adds a decision; number and hashes are given by the log. Returns at once.</summary>
    /// <returns>True once it is on the disk; false when it cannot be written now: then it waits here, and follows when it can.</returns>
    Task<bool> Append(AuditEntry entry);

    /// <summary>Whether one of the newest decisions is about an item. Reads files.</summary>
    bool Knows(string item);
}
