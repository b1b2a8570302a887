using Tether.Protocol.Model;

namespace Tether.Daemon.Sessions;

/// <summary>What a person changes in a session's record, whether it runs or is over, and the event that tells it.</summary>
internal sealed record SessionChange(string Kind, string Text, Func<SessionRecord, SessionRecord> Of)
{
    public static SessionChange Title(string title) => new("renamed", title, record => record with { Title = title });

    public static SessionChange AgentSession(string id) => new("agent-session", id, record => record with { AgentSession = id });

    public static SessionChange Approval(ApprovalMode mode) =>
        new("approval-mode", mode switch { ApprovalMode.Bypass => "bypass", ApprovalMode.AcceptEdits => "edits", _ => "ask" }, record => record with { Approval = mode });

    public static SessionChange Tags(string[] tags) => new("tagged", string.Join(' ', tags), record => record with { Tags = tags });
}
