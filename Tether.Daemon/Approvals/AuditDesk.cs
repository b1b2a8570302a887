using Tether.Daemon.Approvals.Audit;
using Tether.Protocol.Model;

namespace Tether.Daemon.Approvals;

/// <summary>Brings the queue's decisions to the audit log, which writes them in the order in which they come.</summary>
internal sealed class AuditDesk(AuditLog log) : IAuditLog
{
    public void Append(AuditEntry entry) => _ = log.Append(entry);
}
