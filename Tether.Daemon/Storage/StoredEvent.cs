namespace Tether.Daemon.Storage;

/// <summary>Something that happened to a session, as `event` messages tell it.</summary>
internal sealed record StoredEvent(string Session, DateTimeOffset At, string Kind, string Text);
