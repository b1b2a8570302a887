namespace Tether.Daemon.Events.Webhooks;

/// <summary>An event that could not be delivered, with all that is needed to send it again.</summary>
/// <param name="Hook">The webhook's id.</param>
/// <param name="EventId">The event's.</param>
/// <param name="Type">The event's.</param>
/// <param name="At">When it was given up.</param>
/// <param name="Attempts">How often it was tried.</param>
/// <param name="Error">What the last one came to.</param>
/// <param name="Body">As it was sent.</param>
internal sealed record DeadLetter(string Hook, long EventId, string Type, DateTimeOffset At, int Attempts, string Error, ReadOnlyMemory<byte> Body);
