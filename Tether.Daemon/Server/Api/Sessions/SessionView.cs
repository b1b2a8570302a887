using Tether.Daemon.Approvals;
using Tether.Daemon.Sessions;
using Tether.Protocol.Model;
using Tether.Protocol.Wire;

namespace Tether.Daemon.Server.Api.Sessions;

/// <summary>Sessions as the API shows them. A session is known here by its whole id alone.</summary>
internal sealed class SessionView(SessionTable table, ApiRequests requests)
{
    /// <exception cref="ApiError">There is none of that id.</exception>
    public SessionRecord Record(string id) => table.FindRecord(id) ?? throw ApiError.Missing("there is no session of that id");

    /// <summary>What it is now.</summary>
    /// <exception cref="ApiError">There is none of that id.</exception>
    public async Task<SessionRecord> FreshAsync(string id)
    {
        var record = Record(id);
        return table.FindLive(id) is { } session && await session.DescribeAsync().ConfigureAwait(false) is { } now ? now : table.FindRecord(id) ?? record;
    }

    /// <summary>The state of all that are given, as it is now.</summary>
    public async Task<SessionRecord[]> FreshAsync(IReadOnlyList<SessionRecord> records)
    {
        var asked = records.Select(record => table.FindLive(record.Id) is { } session ? session.DescribeAsync() : null).ToArray();
        var fresh = new SessionRecord[records.Count];
        for (var i = 0; i < asked.Length; i++)
        {
            fresh[i] = (asked[i] is { } answer ? await answer.ConfigureAwait(false) : null) ?? records[i];
        }

        return fresh;
    }

    public async Task<SessionEntry> EntryAsync(ApiCall call, SessionRecord record, string? receipt = null) =>
        (await EntriesAsync(call, [record]).ConfigureAwait(false))[0] with { Receipt = receipt };

    public async Task<SessionEntry[]> EntriesAsync(ApiCall call, SessionRecord[] records)
    {
        // Whether somebody is asked is part of what a session is, whatever else the caller may see.
        var queue = await requests.AskAsync<QueueReply>(call.Caller with { Scopes = ApiScope.Observe }, new QueueRequest { Session = records is [var one] ? one.Id : null }, call.Aborted).ConfigureAwait(false);
        var pending = queue.Items.Where(item => item.Kind is QueueKind.Approval or QueueKind.Question or QueueKind.Plan or QueueKind.Dialog).Select(item => item.Session).ToHashSet();
        var branches = new Dictionary<string, string?>();
        return Array.ConvertAll(records, record => Entry(record, pending.Contains(record.Id), BranchOf(record.WorkingDirectory ?? record.Directory)));

        string? BranchOf(string directory) => branches.TryGetValue(directory, out var known) ? known : branches[directory] = GitBranch.Of(directory);
    }

    private static SessionEntry Entry(SessionRecord record, bool isPending, string? branch) => new()
    {
        Id = record.Id,
        State = SessionStates.Of(record),
        Status = SessionStates.StatusOf(record),
        StatusDetail = Text(record.Status?.Detail),
        Name = record.Title,
        CreatedAt = record.CreatedAt,
        StartedAt = record.CreatedAt,
        EndedAt = record.EndedAt,
        LastActivityAt = record.LastOutputAt,
        ExitCode = record.ExitCode,
        Summary = record.EndReason ?? Text(record.LastLine),
        RunnerHeader = Text(record.ProgramTitle),
        RunnerType = record.External is null ? record.Provider : null,
        RunnerSessionId = record.AgentSession,
        Directory = record.Directory,
        DirectoryHasGit = branch is not null,
        HasPendingPermission = isPending,
        ApprovalMode = (int)record.Approval,
        Adapter = record.External is null ? record.Provider : null,
        ExternalAgentName = record.External?.Name,
        ExternalAgentType = record.External?.Type,
        ExternalAgentIcon = Text(record.External?.Icon),
        ExternalAgentWorkspace = Text(record.External?.Workspace),
        WorkingBranch = branch,
        Tags = record.Tags,
        Columns = record.Columns,
        Rows = record.Rows,
        Offset = record.Offset,
        Controller = record.Controller,
        Viewers = record.Viewers,
    };

    private static string? Text(string? text) => string.IsNullOrEmpty(text) ? null : text;
}
