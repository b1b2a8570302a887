namespace Tether.Daemon.Approvals.Policy;

/// <summary>Whether a rule fits. The order counts: of members that must all fit, the least one decides.</summary>
internal enum Fit
{
    No,

    /// <summary>That depends on what the text alone does not tell.</summary>
    Maybe,
    Yes,
}
