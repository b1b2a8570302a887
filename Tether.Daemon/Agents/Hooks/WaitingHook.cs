using System.Text.Json;
using Tether.Daemon.Approvals;
using Tether.Daemon.Server;
using Tether.Protocol.Wire;

namespace Tether.Daemon.Agents.Hooks;

/// <summary>A hook that stands still until its question is answered.</summary>
internal sealed record WaitingHook(ClientConnection Connection, int Request, AgentKind Kind, JsonElement Payload, Ask Ask, bool HoldsPromptBack, DateTimeOffset AskedAt)
{
    public void Reply(string? output) => Connection.Send(new HookReply { Re = Request, Output = output });
}
