using System.Text.Json;
using System.Text.Json.Nodes;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using Tether.Daemon.Server.Api;
using Tether.Protocol.Wire;

namespace Tether.Daemon.Server.Mcp;

/// <summary>What a client may read without a tool: `tether://sessions`, and of each session its screen and its transcript.</summary>
internal sealed class McpResources(IApiAsks asks)
{
    private const string Sessions = "tether://sessions";
    private const int MostEntries = 200;

    public static ListResourcesResult List() => new()
    {
        Resources = [new Resource { Name = "sessions", Uri = Sessions, Description = "The sessions that run, as JSON.", MimeType = "application/json" }],
    };

    public static ListResourceTemplatesResult Templates() => new()
    {
        ResourceTemplates =
        [
            new ResourceTemplate { Name = "session", UriTemplate = Sessions + "/{session_id}", Description = "One session, as JSON.", MimeType = "application/json" },
            new ResourceTemplate { Name = "screen", UriTemplate = Sessions + "/{session_id}/screen", Description = "The text on a session's screen.", MimeType = "text/plain" },
            new ResourceTemplate { Name = "transcript", UriTemplate = Sessions + "/{session_id}/transcript", Description = "What was said in a session of a coding agent.", MimeType = "text/markdown" },
        ],
    };

    /// <exception cref="McpProtocolException">There is no such resource.</exception>
    public async Task<ReadResourceResult> ReadAsync(string uri, ApiCaller caller, CancellationToken stop)
    {
        var (type, text) = await TextAsync(uri, caller, stop).ConfigureAwait(false);
        return new ReadResourceResult { Contents = [new TextResourceContents { Uri = uri, MimeType = type, Text = text }] };
    }

    /// <summary>The entries of a transcript, one after the other, as Markdown.</summary>
    public static string Transcript(TranscriptReply reply) =>
        McpOutput.Tail(string.Join("\n\n", reply.Entries.Select(entry => $"**{entry.Role.ToString().ToLowerInvariant()}**: {entry.Text}")));

    private async Task<(string Type, string Text)> TextAsync(string uri, ApiCaller caller, CancellationToken stop)
    {
        if (uri == Sessions)
        {
            var list = await asks.AskAsync<SessionsReply>(caller, new ListRequest(), stop).ConfigureAwait(false);
            return ("application/json", Json(new JsonArray([.. list.Sessions.Select(session => (JsonNode)McpSessions.Describe(session))])));
        }

        var parts = uri.StartsWith(Sessions + "/", StringComparison.Ordinal) ? uri[(Sessions.Length + 1)..].Split('/') : [];
        switch (parts)
        {
            case [var session]:
                var all = await asks.AskAsync<SessionsReply>(caller, new ListRequest { All = true }, stop).ConfigureAwait(false);
                return Array.Find(all.Sessions, one => one.Id == session) is { } found
                    ? ("application/json", Json(McpSessions.Describe(found)))
                    : throw new McpProtocolException($"there is no session {session}", McpErrorCode.ResourceNotFound);
            case [var session, "screen"]:
                var screen = await asks.AskAsync<CaptureReply>(caller, new CaptureRequest { Session = session }, stop).ConfigureAwait(false);
                return ("text/plain", McpOutput.Tail(screen.Text.TrimEnd('\n')));
            case [var session, "transcript"]:
                return ("text/markdown", Transcript(await asks.AskAsync<TranscriptReply>(caller, new TranscriptRequest { Session = session, Limit = MostEntries }, stop).ConfigureAwait(false)));
            default:
                throw new McpProtocolException($"there is no resource {uri}: {Sessions} and what is below it", McpErrorCode.ResourceNotFound);
        }
    }

    private static string Json(JsonNode node) => node is JsonArray array
        ? JsonSerializer.Serialize(array, McpJson.Default.JsonArray)
        : JsonSerializer.Serialize((JsonObject)node, McpJson.Default.JsonObject);
}
