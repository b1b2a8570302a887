namespace Tether.Tui.Dashboard.Model;

/// <summary>How many sessions there are of each kind, for the top line.</summary>
/// <param name="Total">All that are known.</param>
/// <param name="Working">Status <see cref="SessionStatus.Working"/>.</param>
/// <param name="NeedYou">With something in the queue other than having finished well.</param>
/// <param name="Done">Status <see cref="SessionStatus.Done"/>, but for those that are past.</param>
/// <param name="Failed">Likewise, failed or lost.</param>
internal readonly record struct FleetCounts(int Total, int Working, int NeedYou, int Done, int Failed);
