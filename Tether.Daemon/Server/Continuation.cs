namespace Tether.Daemon.Server;

/// <summary>What a new session goes on with.</summary>
/// <param name="AgentSession">The agent's own id.</param>
/// <param name="Tags">What the session before was sorted by.</param>
/// <param name="Session">The ended session of Tether's before it; null for none.</param>
internal sealed record Continuation(string AgentSession, string[] Tags, string? Session)
{
    public string Text => Session is null ? $"continues {AgentSession}" : $"continues {AgentSession} of session {Session}";
}
