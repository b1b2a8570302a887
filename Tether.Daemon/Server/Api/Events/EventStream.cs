using System.Buffers;
using System.Buffers.Text;
using System.IO.Pipelines;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;
using Tether.Daemon.Events;

namespace Tether.Daemon.Server.Api.Events;

/// <summary>
/// Server-sent events: replay and live are one loop over a cursor, so there is no gap between them. What a client does not take stays in the log: a stalled one holds
/// a page and its connection's buffer, and one that takes nothing for long is let go; it comes back with its `Last-Event-ID`.
/// </summary>
/// <param name="log">What is read.</param>
/// <param name="clock">The time.</param>
/// <param name="call">Who asks.</param>
/// <param name="session">Its id; null for all sessions, and then the cursor and the ids are of all.</param>
/// <param name="types">Null for all.</param>
internal sealed class EventStream(IEventLog log, TimeProvider clock, ApiCall call, string? session, IReadOnlySet<string>? types)
{
    private const int PageEvents = 64;

    // Flushed as soon as so much is written: what waits in front of a stalled client stays small.
    private const int FlushedBytes = 16 * 1024;

    /// <summary>A comment tells that the connection stands when nothing is told for so long.</summary>
    public static readonly TimeSpan KeepAlive = TimeSpan.FromSeconds(15);

    /// <summary>A client that takes nothing for so long is let go.</summary>
    public static readonly TimeSpan StallLimit = TimeSpan.FromMinutes(5);

    // What happens in quick succession is told together: with hundreds of clients each flush counts.
    private static readonly TimeSpan Gather = TimeSpan.FromMilliseconds(40);

    // The end of its session ends a stream, whether it is told or not.
    private readonly HashSet<string>? _read = types is null ? null : [.. types, EventTypes.Deleted];

    private readonly PipeWriter _output = call.Http.Response.BodyWriter;
    private long _toldAt;

    /// <summary>Until the client goes, the session is deleted, the log cannot be read, or the daemon ends.</summary>
    /// <param name="after">The cursor.</param>
    /// <exception cref="IOException">The log cannot be read from the beginning.</exception>
    public async Task RunAsync(long after)
    {
        // A cursor of another log goes on behind what there is before the client hears that its stream begins.
        var begin = Math.Min(after, Read(after, limit: 1).Next);
        try
        {
            await BeginAsync().ConfigureAwait(false);
            await FollowAsync(begin).ConfigureAwait(false);
        }
        catch (Exception e) when (e is OperationCanceledException or IOException)
        {
            // The stream ends; whoever is there still comes back with the last id that he has.
        }
    }

    private async Task FollowAsync(long after)
    {
        while (true)
        {
            call.Aborted.ThrowIfCancellationRequested();
            var page = Read(after, PageEvents);
            await WriteAsync(page.Events).ConfigureAwait(false);
            if (session is not null && page.Events is [.., { Type: EventTypes.Deleted }])
            {
                return;
            }

            if (page.Next == after)
            {
                await WaitAsync(after).ConfigureAwait(false);
            }
            else if (page.Next >= (session is null ? log.LastId : log.LastSeq(session)))
            {
                await Task.Delay(Gather, clock, call.Aborted).ConfigureAwait(false);
            }

            after = page.Next;
        }
    }

    private EventPage Read(long after, int limit) => session is null ? log.ReadAll(after, types, limit) : log.Read(session, after, _read, limit);

    private async Task BeginAsync()
    {
        var response = call.Http.Response;
        response.StatusCode = call.Route.Status;
        response.ContentType = call.Route.Content;
        response.Headers.CacheControl = "no-store";

        // Proxies that gather answers would hold events back.
        response.Headers["X-Accel-Buffering"] = "no";
        if (call.Http.Features.Get<IHttpMinResponseDataRateFeature>() is { } rate)
        {
            // A client may stand still: it has its own limit.
            rate.MinDataRate = null;
        }

        await response.StartAsync(call.Aborted).ConfigureAwait(false);
        _output.Write(": events follow\nretry: 1000\n\n"u8);
        await FlushAsync().ConfigureAwait(false);
    }

    private async Task WriteAsync(IReadOnlyList<LoggedEvent> events)
    {
        var unflushed = 0;
        foreach (var happened in events.Where(happened => types?.Contains(happened.Type) != false))
        {
            Write(happened);
            unflushed += happened.Json.Length;
            if (unflushed >= FlushedBytes)
            {
                await FlushAsync().ConfigureAwait(false);
                unflushed = 0;
            }
        }

        if (unflushed > 0)
        {
            await FlushAsync().ConfigureAwait(false);
        }
    }

    private void Write(LoggedEvent happened)
    {
        Span<byte> digits = stackalloc byte[20];
        Utf8Formatter.TryFormat(session is null ? happened.Id : happened.Seq, digits, out var count);
        _output.Write("id: "u8);
        _output.Write(digits[..count]);
        _output.Write("\ndata: "u8);
        _output.Write(happened.Json.Span);
        _output.Write("\n\n"u8);
    }

    private async Task WaitAsync(long after)
    {
        var left = KeepAlive - clock.GetElapsedTime(_toldAt);
        using var silence = new CancellationTokenSource(left > TimeSpan.Zero ? left : TimeSpan.Zero, clock);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(silence.Token, call.Aborted);
        try
        {
            await log.WaitAsync(session, after, stop.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!call.Aborted.IsCancellationRequested)
        {
            _output.Write(": keepalive\n\n"u8);
            await FlushAsync().ConfigureAwait(false);
        }
    }

    private async Task FlushAsync()
    {
        var flush = _output.FlushAsync(call.Aborted);
        try
        {
            var result = flush.IsCompletedSuccessfully ? flush.Result : await flush.AsTask().WaitAsync(StallLimit, clock, call.Aborted).ConfigureAwait(false);
            if (result.IsCompleted || result.IsCanceled)
            {
                throw new OperationCanceledException("the client has gone");
            }
        }
        catch (TimeoutException)
        {
            call.Http.Abort();
            throw new OperationCanceledException("the client took nothing for too long");
        }

        _toldAt = clock.GetTimestamp();
    }
}
