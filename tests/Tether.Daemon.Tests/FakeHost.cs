using System.Collections.Concurrent;
using Tether.Daemon.Sessions;
using Tether.Protocol.Model;

namespace Tether.Daemon.Tests;

/// <summary>A daemon around a session that only remembers what it is told.</summary>
internal sealed class FakeHost(SessionTable? table = null) : ISessionHost
{
    public ConcurrentQueue<(string Session, string Kind, string Text)> Events { get; } = [];

    public ConcurrentQueue<SessionRecord> Saved { get; } = [];

    public ConcurrentQueue<SessionRecord> Over { get; } = [];

    public TimeProvider Clock => TimeProvider.System;

    public void Changed(SessionRecord record)
    {
        Saved.Enqueue(record);
        table?.Remember(record);
    }

    public void Happened(string session, string kind, string text) => Events.Enqueue((session, kind, text));

    public void Ended(SessionRecord record)
    {
        Over.Enqueue(record);
        table?.Remember(record);
        table?.RemoveLive(record.Id);
    }
}
