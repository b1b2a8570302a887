namespace Tether.Daemon.Approvals;

/// <summary>An answer did not reach its agent.</summary>
/// <param name="message">Why, for people.</param>
/// <param name="mayComeBack">True when the agent may ask again and then gets this answer; false when the question is open again.</param>
internal sealed class DeliveryException(string message, bool mayComeBack) : Exception(message)
{
    public bool MayComeBack { get; } = mayComeBack;
}
