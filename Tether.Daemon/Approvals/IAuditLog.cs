using Tether.Protocol.Model;

namespace Tether.Daemon.Approvals;

/// <summary>Where every decision is written down.</summary>
internal interface IAuditLog
{
    /// <summary>Adds a decision; number and hashes are given by the log. Does not wait for the disk.</summary>
    void Append(AuditEntry entry);
}
