using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Tether.Daemon.Events;

namespace Tether.Daemon.Server.Api.Events;

/// <summary>Answers with a page of a session's events, once there is one.</summary>
internal sealed class EventPages(IEventLog log, TimeProvider clock)
{
    /// <summary>Events that lie scattered over a log are read one by one: a poll gets fewer of them.</summary>
    public const int UsualLimit = 500, PolledLimit = 100, MostLimit = 1000, LongestWait = 60;

    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <param name="call">Has `since_seq`, `limit` and `wait`.</param>
    /// <param name="session">Its id.</param>
    /// <param name="types">Null for all.</param>
    /// <param name="usualLimit">Without `limit` at most so many.</param>
    public async Task AnswerAsync(ApiCall call, string session, IReadOnlySet<string>? types, int usualLimit)
    {
        var after = call.Number("since_seq", 0, 0, long.MaxValue);
        var limit = (int)call.Number("limit", usualLimit, 1, MostLimit);
        var wait = TimeSpan.FromSeconds(call.Number("wait", 0, 0, LongestWait));
        var page = await ReadAsync(session, after, types, limit, wait, call.Aborted).ConfigureAwait(false);
        call.Http.Response.StatusCode = call.Route.Status;
        call.Http.Response.ContentType = call.Route.Content;
        await call.Http.Response.Body.WriteAsync(Write(page, page.Next < log.LastSeq(session)), call.Aborted).ConfigureAwait(false);
    }

    private static ReadOnlyMemory<byte> Write(EventPage page, bool hasMore)
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        using (var json = new Utf8JsonWriter(buffer, Options))
        {
            json.WriteStartObject();
            json.WriteStartArray("events");
            foreach (var happened in page.Events)
            {
                json.WriteRawValue(happened.Json.Span, skipInputValidation: true);
            }

            json.WriteEndArray();
            json.WriteNumber("next_seq", page.Next);
            json.WriteBoolean("has_more", hasMore);
            json.WriteEndObject();
        }

        return buffer.WrittenMemory;
    }

    private async Task<EventPage> ReadAsync(string session, long after, IReadOnlySet<string>? types, int limit, TimeSpan wait, CancellationToken aborted)
    {
        using var timeout = new CancellationTokenSource(wait, clock);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, aborted);
        while (true)
        {
            var page = log.Read(session, after, types, limit);
            if (page.Events.Count > 0 || (page.Next == after && wait == TimeSpan.Zero))
            {
                return page;
            }

            after = page.Next;
            if (after < log.LastSeq(session))
            {
                aborted.ThrowIfCancellationRequested();
                continue;
            }

            try
            {
                await log.WaitAsync(session, after, stop.Token).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (!aborted.IsCancellationRequested)
            {
                return page;
            }
        }
    }
}
