using System.Text;
using Tether.Protocol.Model;
using Tether.Protocol.Wire;

namespace Tether.Daemon.Server.Api.Sessions;

/// <summary>What sessions show and have printed, and tickets to attach to them.</summary>
internal sealed class ScreensApi(ApiRequests requests, SessionView view, WsTickets tickets) : IApiModule
{
    private const int MostBytes = 4 << 20, UsualBytes = 1 << 20, MostScrollback = 1_000_000;

    public IEnumerable<ApiRoute> Routes =>
    [
        new()
        {
            Method = "GET",
            Path = "/api/sessions/{id}/screen",
            Group = "Screens",
            Scope = ApiScope.Observe,
            Summary = "What is on the session's screen, live or ended. The headers X-Tether-Size and X-Tether-Cursor have `COLUMNSxROWS` and `ROW,COLUMN`, from 0.",
            Query =
            [
                new("format", "string", "`text` (without it), `ansi` (with colours), `json` (rows with their wrap marks), `html`, `svg` or `vt` (what paints it into an empty terminal)."),
                new("scrollback", "integer", "So many rows above the screen too; -1 for all. 0 without it."),
            ],
            Content = "text/plain",
            Handle = ScreenAsync,
        },
        new()
        {
            Method = "GET",
            Path = "/api/sessions/{id}/history",
            Group = "Screens",
            Scope = ApiScope.Observe,
            Summary = "What the session's program printed, from an offset on.",
            Query =
            [
                new("from", "integer", "The offset; 0 without it."),
                new("limit", "integer", $"At most so many bytes: 1–{MostBytes}, {UsualBytes} without it."),
            ],
            Reply = SessionsJson.Default.SessionHistory,
            Handle = HistoryAsync,
        },
        new()
        {
            Method = "POST",
            Path = "/api/ws-ticket",
            Group = "Screens",
            Scope = ApiScope.Observe,
            Summary = "A ticket for one WebSocket at /v1, which PROTOCOL.md describes, for one session and a minute: for browsers, which cannot send a header. Control needs the scope input.",
            Body = SessionsJson.Default.NewTicket,
            Reply = SessionsJson.Default.TicketReply,
            Status = 201,
            Handle = TicketAsync,
        },
    ];

    private async Task ScreenAsync(ApiCall call)
    {
        var format = call.Query("format") ?? "text";
        var type = format switch
        {
            "text" or "ansi" or "vt" => "text/plain; charset=utf-8",
            "json" => ApiRoute.Json,
            "html" => "text/html; charset=utf-8",
            "svg" => "image/svg+xml",
            _ => throw ApiError.Invalid($"format={format}: {Captures.Formats}"),
        };
        var scrollback = (int)call.Number("scrollback", 0, -1, MostScrollback);
        var record = view.Record(call.Segment("id"));
        var reply = await requests.AskAsync<CaptureReply>(call.Caller, new CaptureRequest { Session = record.Id, Format = format, Scrollback = scrollback }, call.Aborted).ConfigureAwait(false);
        var response = call.Http.Response;
        response.ContentType = type;
        response.Headers["X-Tether-Size"] = $"{reply.Columns}x{reply.Rows}";
        response.Headers["X-Tether-Cursor"] = $"{reply.CursorRow},{reply.CursorColumn}";
        await response.Body.WriteAsync(Encoding.UTF8.GetBytes(reply.Text), call.Aborted).ConfigureAwait(false);
    }

    private async Task HistoryAsync(ApiCall call)
    {
        var record = view.Record(call.Segment("id"));
        var part = new HistoryPart(call.Number("from", 0, 0, long.MaxValue), (int)call.Number("limit", UsualBytes, 1, MostBytes));
        var connection = new ApiConnection(call.Caller) { Frames = part.Take };
        var reply = await requests.AskAsync<HistoryReply>(connection, new HistoryRequest { Session = record.Id, From = part.From }, call.Aborted).ConfigureAwait(false);
        await call.AnswerAsync(
            new SessionHistory { First = reply.First, From = part.From, Next = part.IsEmpty ? Math.Max(part.From, reply.End) : part.Next, End = Math.Max(reply.End, record.Offset), Data = part.Bytes },
            SessionsJson.Default.SessionHistory).ConfigureAwait(false);
    }

    private async Task TicketAsync(ApiCall call)
    {
        var asked = await call.BodyAsync(SessionsJson.Default.NewTicket).ConfigureAwait(false);
        var mode = asked.Mode switch
        {
            "observe" => AttachMode.Observe,
            "control" when call.Caller.May(ApiScope.Input) => AttachMode.Control,
            "control" => throw new ApiError(403, ApiError.Forbidden, "control needs the scope input"),
            _ => throw ApiError.Invalid("mode: control or observe"),
        };
        var ticket = tickets.Issue(call.Caller, view.Record(asked.SessionId).Id, mode);
        await call.AnswerAsync(new TicketReply { Ticket = ticket, ExpiresInMs = (int)WsTickets.Lifetime.TotalMilliseconds }, SessionsJson.Default.TicketReply).ConfigureAwait(false);
    }
}
