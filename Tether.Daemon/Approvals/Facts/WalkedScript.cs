namespace Tether.Daemon.Approvals.Facts;

/// <summary>What was found in a text.</summary>
/// <param name="Commands">All simple commands, in the order of the text; those before the trouble where it is unreadable.</param>
/// <param name="Unreadable">Why not all was read; null when it was.</param>
/// <param name="Doubts">What may run more than is seen.</param>
/// <param name="Functions">Names that it gives another meaning.</param>
internal sealed record WalkedScript(IReadOnlyList<PlacedCommand> Commands, string? Unreadable, IReadOnlyList<string> Doubts, IReadOnlySet<string> Functions);
