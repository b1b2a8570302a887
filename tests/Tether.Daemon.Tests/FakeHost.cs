using System.Collections.Concurrent;
using Tether.Daemon.Agents.Screens;
using Tether.Daemon.Sessions;
using Tether.Protocol.Model;

namespace Tether.Daemon.Tests;

/// <summary>A daemon around a session that only remembers what it is told.</summary>
internal sealed class FakeHost(SessionTable? table = null) : ISessionHost
{
    public ConcurrentQueue<(string Session, string Kind, string Text)> Events { get; } = [];

    public ConcurrentQueue<SessionRecord> Saved { get; } = [];

    public ConcurrentQueue<(ScreenPrompt Prompt, bool IsThere)> Prompts { get; } = [];

    public ConcurrentQueue<SessionRecord> Over { get; } = [];

    public TimeProvider Clock => TimeProvider.System;

    public void Changed(SessionRecord record)
    {
        Saved.Enqueue(record);
        table?.Remember(record);
    }

    public void Happened(string session, string kind, string text) => Events.Enqueue((session, kind, text));

    public void PromptSeen(string session, ScreenPrompt prompt) => Prompts.Enqueue((prompt, true));

    public void PromptGone(string session, ScreenPrompt prompt) => Prompts.Enqueue((prompt, false));

    public void Ended(SessionRecord record)
    {
        Over.Enqueue(record);
        table?.Remember(record);
        table?.RemoveLive(record.Id);
    }
}
