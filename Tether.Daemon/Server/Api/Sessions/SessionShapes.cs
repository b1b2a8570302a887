using System.Text.Json;
using System.Text.Json.Serialization;

namespace Tether.Daemon.Server.Api.Sessions;

/// <summary>One session. Times are UTC.</summary>
internal sealed record SessionEntry
{
    public required string Id { get; init; }

    /// <summary>CREATED, RUNNING, AWAITING_INPUT, INTERRUPTING, ERROR, EXITED or LOST.</summary>
    public required string State { get; init; }

    /// <summary>What its agent is up to: starting, working, needs-approval, needs-answer, waiting, done, limit, login, failed, exited, lost, unknown; null for a program that is no known agent.</summary>
    public required string? Status { get; init; }

    /// <summary>One line for people, as `approve Bash: touch a.txt`.</summary>
    public required string? StatusDetail { get; init; }

    public required string Name { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset? StartedAt { get; init; }

    public required DateTimeOffset? EndedAt { get; init; }

    public required DateTimeOffset LastActivityAt { get; init; }

    public required int? ExitCode { get; init; }

    /// <summary>Why it ended, in a sentence; else the last line on its screen.</summary>
    public required string? Summary { get; init; }

    /// <summary>The title that its program set.</summary>
    public required string? RunnerHeader { get; init; }

    /// <summary>The provider; null for an agent without a program.</summary>
    public required string? RunnerType { get; init; }

    /// <summary>The id by which the agent itself knows the session.</summary>
    public required string? RunnerSessionId { get; init; }

    public required string Directory { get; init; }

    public required bool DirectoryHasGit { get; init; }

    /// <summary>Not counted: null.</summary>
    public int? MessageCount { get; init; }

    public required bool HasPendingPermission { get; init; }

    /// <summary>0 ask, 1 edits are allowed, 2 everything is.</summary>
    public required int ApprovalMode { get; init; }

    /// <summary>The same as runner_type.</summary>
    public required string? Adapter { get; init; }

    public required string? ExternalAgentName { get; init; }

    public required string? ExternalAgentType { get; init; }

    public required string? ExternalAgentIcon { get; init; }

    public required string? ExternalAgentWorkspace { get; init; }

    /// <summary>The chat that it is bound to: null while there is none.</summary>
    public string? Platform { get; init; }

    public string? PlatformThreadId { get; init; }

    public string? CloneUrl { get; init; }

    /// <summary>The branch that is checked out in its directory.</summary>
    public required string? WorkingBranch { get; init; }

    public required string[] Tags { get; init; }

    public required int Columns { get; init; }

    public required int Rows { get; init; }

    /// <summary>Bytes that its program printed so far: the end of its history.</summary>
    public required long Offset { get; init; }

    /// <summary>Who may type now.</summary>
    public required string? Controller { get; init; }

    public required int Viewers { get; init; }

    /// <summary>How far a text came that was sent with this request: typed, submitted, unconfirmed …; null otherwise.</summary>
    public string? Receipt { get; init; }
}

/// <summary>What a new session is to be: with a provider's program, or without one for an agent that speaks over the API.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record NewSession
{
    /// <summary>One line of 1–64 characters.</summary>
    public string? Name { get; init; }

    /// <summary>The same, by its earlier name.</summary>
    public string? SessionName { get; init; }

    /// <summary>A name from GET /api/providers, whose program is started.</summary>
    public string? Provider { get; init; }

    /// <summary>The same, by its earlier name: `claude_auto` is claude, and so on.</summary>
    public string? Adapter { get; init; }

    /// <summary>For a session without a program: what kind of agent speaks in it, as `custom`.</summary>
    public string? AgentType { get; init; }

    public string? AgentName { get; init; }

    public string? AgentIcon { get; init; }

    public string? AgentWorkspace { get; init; }

    /// <summary>Absolute or from `~`; it is in the home folder, or where a session was started before. Null for the home folder.</summary>
    public string? Directory { get; init; }

    /// <summary>What a provider's agent is told first.</summary>
    public string? Prompt { get; init; }

    /// <summary>0 ask, 1 edits are allowed, 2 everything is (admin only). Null for the configured mode.</summary>
    public int? ApprovalMode { get; init; }

    public string[]? Tags { get; init; }

    /// <summary>Of a program's terminal: 1–2000, as configured without it.</summary>
    public int? Columns { get; init; }

    /// <summary>1–1000.</summary>
    public int? Rows { get; init; }

    /// <summary>A chat to bind it to; refused while that is not configured.</summary>
    public string? Platform { get; init; }

    /// <summary>Taken and not used: names of repositories come with workspaces.</summary>
    public string? RepoId { get; init; }

    /// <summary>Refused while there are no workspaces, as the six below.</summary>
    public string? BaseRef { get; init; }

    public string? CloneUrl { get; init; }

    public string? CloneBranch { get; init; }

    public bool? Shallow { get; init; }

    public bool? AutoBranch { get; init; }

    public bool? ForceClone { get; init; }
}

internal sealed record StartSession
{
    /// <summary>What the agent is told.</summary>
    public string Prompt { get; set; } = "";

    /// <summary>0 ask, 1 edits are allowed, 2 everything is (admin only). Null keeps the mode.</summary>
    public int? ApprovalChoice { get; init; }

    /// <summary>None are taken.</summary>
    public JsonElement[] Images { get; set; } = [];
}

internal sealed record SessionInput
{
    /// <summary>At least one character.</summary>
    public required string Text { get; init; }

    /// <summary>Join what somebody has typed already.</summary>
    public bool Append { get; init; }

    /// <summary>Type although somebody is in control.</summary>
    public bool Take { get; init; }

    /// <summary>Seconds that it may wait for its turn while somebody types, 0–60.</summary>
    public double WaitS { get; set; } = 10;

    /// <summary>None are taken.</summary>
    public JsonElement[] Images { get; set; } = [];
}

internal sealed record SessionKeys
{
    /// <summary>As `ctrl-c`, `up`, `enter`, `f5`, `alt-x`, or a single character; at most 100.</summary>
    public required string[] Keys { get; init; }

    /// <summary>Press although somebody is in control.</summary>
    public bool Take { get; init; }
}

internal sealed record SessionName
{
    /// <summary>1–64 characters; blanks are collapsed.</summary>
    public required string Name { get; init; }
}

internal sealed record SessionTagList
{
    /// <summary>At most 16, each of 1–32 characters without blanks and commas.</summary>
    public required string[] Tags { get; init; }
}

internal sealed record SessionStop
{
    /// <summary>Kill at once.</summary>
    public bool Force { get; init; }
}

internal sealed record SessionApprovalMode
{
    /// <summary>0 ask, 1 edits are allowed, 2 everything is (admin only), null for the configured mode.</summary>
    public required int? ApprovalMode { get; init; }
}

internal sealed record SessionPermission
{
    /// <summary>The item's id.</summary>
    public required string RequestId { get; init; }

    public bool? Allow { get; init; }

    /// <summary>For the agent, why.</summary>
    public string Message { get; set; } = "";

    /// <summary>A changed input, where the agent takes one.</summary>
    public JsonElement? UpdatedInput { get; init; }

    /// <summary>For each question the labels or numbers of the chosen options, or one text; instead of allow.</summary>
    public string[][]? Answers { get; init; }
}

internal sealed record NewTicket
{
    public required string SessionId { get; init; }

    /// <summary>`control` or `observe`.</summary>
    public string Mode { get; set; } = "observe";
}

internal sealed record TicketReply
{
    /// <summary>Good for one WebSocket at /v1, as the subprotocol `tether-ticket.TICKET` beside `tether.v1`.</summary>
    public required string Ticket { get; init; }

    public required int ExpiresInMs { get; init; }
}

/// <summary>A part of what a session printed.</summary>
internal sealed record SessionHistory
{
    /// <summary>The first offset that is still kept.</summary>
    public required long First { get; init; }

    /// <summary>Where `data` begins: later than asked when that is not kept any more.</summary>
    public required long From { get; init; }

    /// <summary>Where to go on.</summary>
    public required long Next { get; init; }

    /// <summary>Where it ended when this was read.</summary>
    public required long End { get; init; }

    /// <summary>The bytes, in base64.</summary>
    public required byte[] Data { get; init; }
}

internal sealed record SessionClient
{
    public required string Client { get; init; }

    /// <summary>`control` or `observe`.</summary>
    public required string Mode { get; init; }

    public required int Columns { get; init; }

    public required int Rows { get; init; }

    public required DateTimeOffset AttachedAt { get; init; }
}

internal sealed record ProviderEntryReply
{
    public required string Name { get; init; }

    public required string Description { get; init; }

    /// <summary>Whether its program is found.</summary>
    public required bool Installed { get; init; }

    /// <summary>How to get it; null when that is the user's own affair.</summary>
    public required string? Install { get; init; }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, RespectNullableAnnotations = true)]
[JsonSerializable(typeof(SessionEntry))]
[JsonSerializable(typeof(SessionEntry[]))]
[JsonSerializable(typeof(NewSession))]
[JsonSerializable(typeof(StartSession))]
[JsonSerializable(typeof(SessionInput))]
[JsonSerializable(typeof(SessionKeys))]
[JsonSerializable(typeof(SessionName))]
[JsonSerializable(typeof(SessionTagList))]
[JsonSerializable(typeof(SessionStop))]
[JsonSerializable(typeof(SessionApprovalMode))]
[JsonSerializable(typeof(SessionPermission))]
[JsonSerializable(typeof(NewTicket))]
[JsonSerializable(typeof(TicketReply))]
[JsonSerializable(typeof(SessionHistory))]
[JsonSerializable(typeof(SessionClient[]))]
[JsonSerializable(typeof(ProviderEntryReply[]))]
[JsonSerializable(typeof(JsonElement))]
internal sealed partial class SessionsJson : JsonSerializerContext;
