namespace Tether.Daemon.Events;

/// <summary>Which numbers a session's events have. Immutable.</summary>
/// <param name="Number">What stands for the session in the file.</param>
/// <param name="Session">Its id.</param>
/// <param name="First">The first event that can still be read.</param>
/// <param name="Last">The last one; 0 before there is any.</param>
/// <param name="Swept">Up to here the file has been cleared.</param>
/// <param name="ForgottenAt">When it was deleted; null while it is there.</param>
internal sealed record SessionNumbers(long Number, string Session, long First, long Last, long Swept, DateTimeOffset? ForgottenAt)
{
    public bool IsForgotten => ForgottenAt is not null;

    /// <summary>Events that nobody reads any more are still in the file.</summary>
    public bool HasLitter => Swept < First - 1;
}
