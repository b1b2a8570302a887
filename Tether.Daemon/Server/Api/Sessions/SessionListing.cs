using Tether.Daemon.Sessions;
using Tether.Protocol.Model;

namespace Tether.Daemon.Server.Api.Sessions;

/// <summary>Which sessions a caller asked for, and which page of them.</summary>
internal sealed class SessionListing(SessionTable table, SessionView view, ConfinedDirectories directories)
{
    public const int MostListed = 1000;

    public static ApiParameter[] Parameters { get; } =
    [
        new("state", "string", "Only these states, with commas between them: CREATED, RUNNING, AWAITING_INPUT, INTERRUPTING, ERROR, EXITED, LOST; or one of `live` and `ended`."),
        new("status", "string", "Only these agents' states, with commas between them: " + string.Join(", ", SessionStates.AllStatuses) + "."),
        new("directory", "string", "Only in this directory, or below it; absolute, or from ~/."),
        new("agent", "string", "Only of this provider, or this type of external agent."),
        new("tag", "string", "Only with this tag."),
        new("q", "string", "Only with this text in the name or the directory, whatever the case."),
        new("limit", "integer", "At most so many: 1–1000, 1000 without it. The header X-Total-Count has how many there are."),
        new("offset", "integer", "Leave out so many at the beginning. The header Link has the next page."),
    ];

    public async Task ListAsync(ApiCall call)
    {
        var limit = (int)call.Number("limit", MostListed, 1, MostListed);
        var offset = (int)call.Number("offset", 0, 0, int.MaxValue);
        var states = Words(call.Query("state"), SessionStates.All.Append("live").Append("ended"), "state");
        var statuses = Words(call.Query("status"), SessionStates.AllStatuses, "status");
        var (directory, agent, tag, text) = (call.Query("directory") is { } given ? Path.GetFullPath(directories.Absolute(given)).TrimEnd('/') : null, call.Query("agent"), call.Query("tag"), call.Query("q"));
        var fitting = table.Records.Where(Fits).OrderBy(record => record.CreatedAt).ThenBy(record => record.Id, StringComparer.Ordinal).ToArray();
        var page = await view.FreshAsync([.. fitting.Skip(offset).Take(limit)]).ConfigureAwait(false);
        var headers = call.Http.Response.Headers;
        headers["X-Total-Count"] = fitting.Length.ToString(System.Globalization.CultureInfo.InvariantCulture);
        if (offset + page.Length < fitting.Length)
        {
            var rest = call.Http.Request.Query.Where(pair => pair.Key is not ("limit" or "offset")).Select(pair => $"&{Uri.EscapeDataString(pair.Key)}={Uri.EscapeDataString(pair.Value.ToString())}");
            headers.Link = $"</api/sessions?limit={limit}&offset={offset + page.Length}{string.Concat(rest)}>; rel=\"next\"";
        }

        await call.AnswerAsync(await view.EntriesAsync(call, page).ConfigureAwait(false), SessionsJson.Default.SessionEntryArray).ConfigureAwait(false);

        bool Fits(SessionRecord record) =>
            (states is null || states.Contains(SessionStates.Of(record)) || states.Contains(record.State == SessionState.Running ? "live" : "ended"))
            && (statuses is null || (SessionStates.StatusOf(record) is { } status && statuses.Contains(status)))
            && (directory is null || record.Directory == directory || record.Directory.StartsWith(directory + "/", StringComparison.Ordinal))
            && (agent is null || (record.External is { } external ? external.Type == agent || external.Name == agent : record.Provider == agent))
            && (tag is null || record.Tags.Contains(tag))
            && (text is null || record.Title.Contains(text, StringComparison.OrdinalIgnoreCase) || record.Directory.Contains(text, StringComparison.OrdinalIgnoreCase));
    }

    private static HashSet<string>? Words(string? text, IEnumerable<string> known, string name)
    {
        if (text is null)
        {
            return null;
        }

        var words = text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(word => name == "state" && word is not ("live" or "ended") ? word.ToUpperInvariant() : word).ToHashSet();
        return words.FirstOrDefault(word => !known.Contains(word)) is { } unknown
            ? throw ApiError.Invalid($"{name}={unknown}: one or more of {string.Join(", ", known)}")
            : words;
    }
}
