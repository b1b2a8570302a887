using System.Text.Json;
using Tether.Daemon.Agents;
using Tether.Daemon.Approvals;
using Tether.Daemon.External;
using Tether.Daemon.Server.Api.Outside;
using Tether.Protocol.Model;
using Tether.Protocol.Wire;

namespace Tether.Daemon.Server.Api.Sessions;

/// <summary>Makes sessions for callers of the API: of a provider of the white-list, or for an agent without a program. Nobody chooses a program here.</summary>
internal sealed class SessionCreation(ApiRequests requests, ProviderList providers, IExternalAgents? externals, ConfinedDirectories directories, Func<int, bool> isSupervised)
{
    private const int LongestPrompt = 100_000, LongestType = 32;

    public async Task<SessionRecord> CreateAsync(ApiCall call)
    {
        var body = await call.BodyAsync(SessionsJson.Default.JsonElement).ConfigureAwait(false);
        if (body.ValueKind != JsonValueKind.Object)
        {
            throw ApiError.Invalid("the body is an object");
        }

        ForbiddenKeys.Refuse(body);
        var asked = ApiCall.Read(body, SessionsJson.Default.NewSession);
        CheckUnavailable(asked);
        var provider = ProviderOf(asked);
        if (provider is not null && (asked.AgentType ?? asked.AgentName) is not null)
        {
            throw ApiError.Invalid("provider starts a program, agent_type and agent_name are of an agent that speaks over this API: one or the other");
        }

        CheckSize(asked, provider is not null);
        var title = TitleOf(asked.Name ?? asked.SessionName);
        var approval = ModeOf(asked.ApprovalMode, call.Caller);
        var directory = asked.Directory is { Length: > 0 } given ? directories.Confine(given) : null;
        var tags = asked.Tags is { Length: > 0 } some ? SessionTags.Check(some) : [];
        var record = provider is not null
            ? await LaunchAsync(call, asked, provider, title, directory, approval).ConfigureAwait(false)
            : Register(call, asked, title, directory, approval);
        return tags.Length == 0 ? record
            : (await requests.AskAsync<SessionReply>(call.Caller, new TagRequest { Session = record.Id, Tags = tags }, call.Aborted).ConfigureAwait(false)).Session;
    }

    /// <summary>Null for no mode given.</summary>
    /// <exception cref="ApiError">It is none, or one that the caller may not give.</exception>
    public ApprovalMode? ModeOf(int? given, ApiCaller caller)
    {
        if (given is null)
        {
            return null;
        }

        if (given is not (0 or 1 or 2))
        {
            throw ApiError.Invalid($"approval_mode {given}: 0 (ask), 1 (edits are allowed) or 2 (everything is)");
        }

        return given == 2 && (!caller.May(ApiScope.Admin) || isSupervised(caller.ProcessId))
            ? throw new ApiError(403, ApiError.Forbidden, "mode 2 needs the scope admin, and is not for what runs inside a supervised session")
            : (ApprovalMode)given;
    }

    private async Task<SessionRecord> LaunchAsync(ApiCall call, NewSession asked, string provider, string? title, string? directory, ApprovalMode? approval)
    {
        var prompt = asked.Prompt ?? "";
        if (prompt.Length > LongestPrompt || prompt.Contains('\0', StringComparison.Ordinal))
        {
            throw ApiError.Invalid($"prompt: at most {LongestPrompt} characters, without NUL");
        }

        // A short prompt is an argument, which no start-up can lose.
        var arguments = prompt.Length is > 0 and <= 4096 ? PromptArguments.Of(provider, prompt) : null;
        var created = await requests.AskAsync<SessionReply>(arguments is null ? call.Caller : call.Caller with { Scopes = ApiScope.Admin }, new CreateRequest
        {
            Provider = provider,
            Arguments = arguments ?? [],
            Directory = directory,
            Title = title,
            Columns = asked.Columns ?? 0,
            Rows = asked.Rows ?? 0,
            Approval = approval,
        }, call.Aborted).ConfigureAwait(false);
        if (prompt.Length > 0 && arguments is null)
        {
            await requests.AskAsync<InputReply>(call.Caller, new InputRequest { Session = created.Session.Id, Text = prompt, Enter = true }, call.Aborted).ConfigureAwait(false);
        }

        return created.Session;
    }

    private SessionRecord Register(ApiCall call, NewSession asked, string? title, string? directory, ApprovalMode? approval)
    {
        if (asked.AgentType is null && asked.AgentName is null)
        {
            throw ApiError.Invalid($"which agent? provider: one of {string.Join(", ", providers.All.Select(provider => provider.Name))}; or agent_type for an agent that speaks over this API");
        }

        if (asked.Prompt is { Length: > 0 })
        {
            throw ApiError.Invalid("prompt is for a provider's agent; an agent that registers itself is spoken to by POST …/input");
        }

        if (externals is null)
        {
            throw new ApiError(503, ApiError.Unavailable, "agents without a program are not served by this daemon");
        }

        var type = asked.AgentType ?? "custom";
        if (type.Length is 0 or > LongestType || !type.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_'))
        {
            throw ApiError.Invalid($"agent_type: 1–{LongestType} letters, digits, - and _");
        }

        var agent = new ExternalAgent
        {
            Name = CleanText.Line(asked.AgentName is { Length: > 0 } name ? name : type, 64),
            Type = type,
            Icon = CleanText.Line(asked.AgentIcon ?? "", 16),
            Workspace = CleanText.Line(asked.AgentWorkspace ?? "", 300),
        };
        return externals.Create(agent, title, directory, approval, call.Caller);
    }

    private static void CheckSize(NewSession asked, bool hasProgram)
    {
        if ((asked.Columns ?? asked.Rows) is not null && !hasProgram)
        {
            throw ApiError.Invalid("columns and rows are of a provider's program; an agent that speaks over this API has a screen of the configured size");
        }

        if (asked.Columns is < 1 or > AttachRequests.MaxColumns)
        {
            throw ApiError.Invalid($"columns {asked.Columns}: 1–{AttachRequests.MaxColumns}");
        }

        if (asked.Rows is < 1 or > AttachRequests.MaxRows)
        {
            throw ApiError.Invalid($"rows {asked.Rows}: 1–{AttachRequests.MaxRows}");
        }
    }

    // What is named twice is one thing.
    private string? ProviderOf(NewSession asked)
    {
        if (asked.Provider is { Length: > 0 } name)
        {
            return name;
        }

        return asked.Adapter is not { Length: > 0 } adapter ? null
            : providers.Find(adapter)?.Name ?? RunnerNames.AgentOf(adapter);
    }

    private static string? TitleOf(string? given)
    {
        if (given is null)
        {
            return null;
        }

        var title = string.Join(' ', given.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return title.Length is > 0 and <= 64 && !title.Any(char.IsControl) ? title : throw ApiError.Invalid("name: one line of 1–64 characters");
    }

    private static void CheckUnavailable(NewSession asked)
    {
        if (asked.Platform is { Length: > 0 } platform)
        {
            throw ApiError.Invalid($"the {CleanText.Line(platform, 40)} bridge is not configured: leave platform out, and the session is here without a chat");
        }

        if (asked.CloneUrl is { Length: > 0 } || asked.CloneBranch is { Length: > 0 } || asked.BaseRef is { Length: > 0 } || asked.AutoBranch == true || asked.ForceClone == true || asked.Shallow == true)
        {
            throw ApiError.Invalid("this daemon clones nothing: give the directory of a clone that is there");
        }
    }
}
