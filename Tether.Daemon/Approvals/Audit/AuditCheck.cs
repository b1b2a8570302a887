namespace Tether.Daemon.Approvals.Audit;

/// <summary>What a check of the whole log found.</summary>
/// <param name="Count">How many entries were in order before the first that is not.</param>
/// <param name="Broken">Where the chain is broken and how; null when it is whole.</param>
internal sealed record AuditCheck(long Count, string? Broken);
