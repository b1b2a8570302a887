using System.Buffers;
using System.Net.WebSockets;
using System.Text.Json;
using Tether.Daemon.Agents;
using Tether.Daemon.Events;
using Tether.Daemon.External;

namespace Tether.Daemon.Server.Api.External;

/// <summary>
/// An agent's WebSocket: what it sends is taken one after the other, each acknowledged before the next is read; what is for it is read from the log behind its cursor. A client
/// that reads slowly costs one message. It ends with its session, once everything has been told.
/// </summary>
internal sealed class ExternalSocket(IExternalAgents agents, IEventLog log, InputCursors cursors, TimeProvider clock)
{
    /// <summary>Chosen when the client offers it, as browsers must.</summary>
    public const string Subprotocol = "tether.external.v1";

    private const int LongestMessage = 1 << 20;
    private const int FirstBuffer = 4096;

    // For its part of the goodbye.
    private static readonly TimeSpan GoodbyeLimit = TimeSpan.FromSeconds(5);

    public async Task ServeAsync(ApiCall call)
    {
        var id = agents.Record(call.Segment("id")).Id;
        if (!call.Http.WebSockets.IsWebSocketRequest)
        {
            throw new ApiError(400, ApiError.Validation, "this is a WebSocket: send `Upgrade: websocket`");
        }

        long? since = call.Query("since_seq") is null ? null : call.Number("since_seq", 0, 0, long.MaxValue);
        var offered = call.Http.WebSockets.WebSocketRequestedProtocols;
        using var socket = await call.Http.WebSockets.AcceptWebSocketAsync(offered.Contains(Subprotocol) ? Subprotocol : null).ConfigureAwait(false);
        using var goodbye = new CancellationTokenSource(Timeout.InfiniteTimeSpan, clock);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(call.Aborted, goodbye.Token);
        using var sending = new SemaphoreSlim(1);
        var telling = TellAsync(id, since, message => SendAsync(socket, sending, message, stop.Token), stop.Token);
        var hearing = HearAsync(call, socket, message => SendAsync(socket, sending, message, stop.Token), stop.Token);
        try
        {
            if (await Task.WhenAny(telling, hearing).ConfigureAwait(false) == telling)
            {
                await CloseAsync(socket, sending, telling, stop.Token).ConfigureAwait(false);
                goodbye.CancelAfter(GoodbyeLimit);
            }

            await hearing.ConfigureAwait(false);
        }
        catch (Exception e) when (e is WebSocketException or OperationCanceledException)
        {
            // The agent has gone without a goodbye, or the daemon ends.
        }
        finally
        {
            await stop.CancelAsync().ConfigureAwait(false);
            await Task.WhenAll(telling, hearing).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    // There is no more to tell, or it cannot be read.
    private static async Task CloseAsync(WebSocket socket, SemaphoreSlim sending, Task telling, CancellationToken stop)
    {
        await sending.WaitAsync(stop).ConfigureAwait(false);
        try
        {
            await (telling.IsCompletedSuccessfully
                ? socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, "the session is over", stop)
                : socket.CloseOutputAsync(WebSocketCloseStatus.InternalServerError, "what is for the agent cannot be read; come again", stop)).ConfigureAwait(false);
        }
        finally
        {
            sending.Release();
        }
    }

    private async Task TellAsync(string id, long? since, Func<ReadOnlyMemory<byte>, Task> send, CancellationToken stop)
    {
        var turn = since is null ? cursors.Turn(id) : null;
        if (turn is not null)
        {
            await turn.WaitAsync(stop).ConfigureAwait(false);
        }

        try
        {
            for (var cursor = since ?? cursors.Get(id); ;)
            {
                var page = log.Read(id, cursor, AgentMessages.Types, 1);
                foreach (var logged in page.Events)
                {
                    await send(JsonSerializer.SerializeToUtf8Bytes(AgentMessages.Of(logged), ExternalJson.Default.AgentMessage)).ConfigureAwait(false);
                    if (turn is not null)
                    {
                        cursors.Set(id, logged.Seq);
                    }
                }

                if (page.Next == cursor && page.Events.Count == 0)
                {
                    if (!agents.IsRunning(id))
                    {
                        return;
                    }

                    await log.WaitAsync(id, cursor, stop).ConfigureAwait(false);
                }

                cursor = page.Next;
            }
        }
        finally
        {
            turn?.Release();
        }
    }

    private async Task HearAsync(ApiCall call, WebSocket socket, Func<ReadOnlyMemory<byte>, Task> send, CancellationToken stop)
    {
        var buffer = new byte[FirstBuffer];
        while (true)
        {
            var length = 0;
            ValueWebSocketReceiveResult received;
            do
            {
                if (length == buffer.Length)
                {
                    if (length >= LongestMessage)
                    {
                        await socket.CloseAsync(WebSocketCloseStatus.MessageTooBig, $"a message is at most {LongestMessage} bytes", stop).ConfigureAwait(false);
                        return;
                    }

                    Array.Resize(ref buffer, Math.Min(2 * length, LongestMessage));
                }

                received = await socket.ReceiveAsync(buffer.AsMemory(length), stop).ConfigureAwait(false);
                length += received.Count;
            }
            while (!received.EndOfMessage);

            if (received.MessageType == WebSocketMessageType.Close)
            {
                await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, null, stop).ConfigureAwait(false);
                return;
            }

            await send(await TakeAsync(call, buffer.AsMemory(0, length)).ConfigureAwait(false)).ConfigureAwait(false);
            if (buffer.Length > FirstBuffer * 16)
            {
                buffer = new byte[FirstBuffer];
            }
        }
    }

    // The acknowledgement of a message, or why there is none.
    private async Task<ReadOnlyMemory<byte>> TakeAsync(ApiCall call, ReadOnlyMemory<byte> message)
    {
        var id = call.Segment("id");
        try
        {
            using var json = JsonDocument.Parse(message);
            var type = json.RootElement.Text("type") ?? throw ApiError.Invalid("a message is {\"type\", \"data\"}");
            var data = json.RootElement.Member("data");
            if (type is "approval_request" or EventTypes.PermissionRequest)
            {
                var request = await agents.AskAsync(id, data, call.Caller).ConfigureAwait(false);
                return Message("ack", writer => writer.WriteString("request_id", request));
            }

            var logged = await agents.PushAsync(id, type, data, call.Caller).ConfigureAwait(false);
            return Message("ack", writer => writer.WriteNumber("seq", logged.Seq));
        }
        catch (ApiError e)
        {
            return Refusal(e.Code, e.Message);
        }
        catch (RequestError e)
        {
            var refusal = ApiErrors.Of(e.Code, e.Message);
            return Refusal(refusal.Code, refusal.Message);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // Half of a surrogate pair is JSON, and no text.
            return Refusal(ApiError.Validation, e.Message);
        }
    }

    private static ReadOnlyMemory<byte> Refusal(string code, string text) => Message("error", json =>
    {
        json.WriteString("code", code);
        json.WriteString("message", text);
    });

    private static ReadOnlyMemory<byte> Message(string type, Action<Utf8JsonWriter> data) => EventJson.Write(json =>
    {
        json.WriteString("type", type);
        json.WriteStartObject("data");
        data(json);
        json.WriteEndObject();
    });

    private static async Task SendAsync(WebSocket socket, SemaphoreSlim sending, ReadOnlyMemory<byte> message, CancellationToken stop)
    {
        await sending.WaitAsync(stop).ConfigureAwait(false);
        try
        {
            await socket.SendAsync(message, WebSocketMessageType.Text, endOfMessage: true, stop).ConfigureAwait(false);
        }
        finally
        {
            sending.Release();
        }
    }
}
