using System.Collections.Concurrent;
using System.Text;
using System.Text.Json.Nodes;
using Tether.Testing.Outer;

namespace Tether.Testing.Wire;

/// <summary>
/// A client written from PROTOCOL.md alone: it shares no message types with the product. Requests wait for their replies; what comes
/// unasked, messages and frames in one order, is kept for <see cref="Next"/>. One loop reads.
/// </summary>
public sealed class Peer : IAsyncDisposable
{
    private readonly Transport _transport;
    private readonly ConcurrentDictionary<int, TaskCompletionSource<JsonObject>> _open = new();
    private readonly Lock _gate = new();
    private readonly Task _loop;
    private int _lastId;

    // ---- guarded by _gate ----
    private readonly List<Arrival> _arrivals = [];
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _looked;

    private Peer(Transport transport)
    {
        _transport = transport;
        _loop = Task.Run(Read);
    }

    /// <summary>Completes when the daemon has closed the connection.</summary>
    public Task Closed => _loop.WaitAsync(Patience.Usual);

    /// <summary>Everything that came unasked so far, in its order.</summary>
    public IReadOnlyList<Arrival> Arrivals
    {
        get
        {
            lock (_gate)
            {
                return [.. _arrivals];
            }
        }
    }

    /// <summary>Connects by WebSocket and says hello.</summary>
    public static async Task<Peer> WebSocket(Sandbox sandbox)
    {
        ArgumentNullException.ThrowIfNull(sandbox);
        return await Greet(new Peer(await WebSocketTransport.Connect(sandbox.Paths.WebSocket)));
    }

    /// <summary>Connects to the local socket and says hello.</summary>
    public static async Task<Peer> Local(Sandbox sandbox)
    {
        ArgumentNullException.ThrowIfNull(sandbox);
        return await Greet(new Peer(await LocalTransport.Connect(sandbox.Paths.LocalSocket)));
    }

    /// <summary>A connection on which nothing has been said yet.</summary>
    public static Peer Over(Transport transport) => new(transport);

    public Task Send(JsonObject message) => Send(message?.ToJsonString() ?? "null");

    public Task Send(string text) => _transport.Send(Encoding.UTF8.GetBytes(text), isBinary: false);

    public Task SendBinary(byte[] bytes) => _transport.Send(bytes, isBinary: true);

    /// <summary>Types bytes on a channel.</summary>
    public Task Type(int channel, byte[] bytes) => SendBinary(new Frame(Frame.Input, channel, 0, 0, bytes).Bytes());

    public Task Type(int channel, string text) => Type(channel, Encoding.UTF8.GetBytes(text));

    /// <summary>Sends a request and waits for its reply, which may be an error.</summary>
    public async Task<JsonObject> Ask(string type, JsonObject? members = null)
    {
        var id = Interlocked.Increment(ref _lastId);
        var reply = new TaskCompletionSource<JsonObject>(TaskCreationOptions.RunContinuationsAsynchronously);
        _open[id] = reply;
        var request = new JsonObject { ["type"] = type, ["id"] = id };
        foreach (var (name, value) in members ?? [])
        {
            request[name] = value?.DeepClone();
        }

        try
        {
            await Send(request);
        }
        catch (Exception e) when (e is IOException or System.Net.WebSockets.WebSocketException)
        {
            throw new ClosedException(request.ToJsonString());
        }

        var first = await Task.WhenAny(reply.Task, _loop).WaitAsync(Patience.Ample);
        return first == reply.Task ? await reply.Task : throw new ClosedException(request.ToJsonString());
    }

    /// <summary>The same, and fails unless the reply is of this type.</summary>
    public async Task<JsonObject> Ask(string type, JsonObject? members, string expected)
    {
        var reply = await Ask(type, members);
        return reply["type"]!.GetValue<string>() == expected ? reply : throw new InvalidOperationException($"{type} was answered by {reply.ToJsonString()}");
    }

    /// <summary>Attaches in this mode and returns the `attached` reply.</summary>
    public Task<JsonObject> Attach(string session, string mode, int columns = 80, int rows = 24, bool take = false) => Ask(
        "attach",
        new JsonObject { ["session"] = session, ["mode"] = mode, ["columns"] = columns, ["rows"] = rows, ["take"] = take },
        "attached");

    /// <summary>The next arrival, not looked at before, of which this is true; earlier ones are passed over.</summary>
    public async Task<Arrival> Next(Func<Arrival, bool> isIt, string what, TimeSpan? within = null)
    {
        using var end = new CancellationTokenSource(within ?? Patience.Usual);
        while (true)
        {
            Task changed;
            lock (_gate)
            {
                while (_looked < _arrivals.Count)
                {
                    var arrival = _arrivals[_looked++];
                    if (isIt(arrival))
                    {
                        return arrival;
                    }
                }

                changed = _changed.Task;
            }

            try
            {
                await changed.WaitAsync(end.Token);
            }
            catch (OperationCanceledException)
            {
                throw new TimeoutException($"never came: {what}; came: {string.Join("\n", Arrivals.TakeLast(20))}");
            }
        }
    }

    /// <summary>The next message of this type.</summary>
    public async Task<JsonObject> NextMessage(string type, Func<JsonObject, bool>? isIt = null)
    {
        var arrival = await Next(arrival => arrival.Message is { } message && message["type"]!.GetValue<string>() == type && (isIt?.Invoke(message) ?? true), type);
        return arrival.Message!;
    }

    /// <summary>What the frames of a channel show, fed to an emulator of this size until it is as described.</summary>
    public async Task<OuterScreen> Watch(int channel, int columns, int rows, Func<OuterScreen, bool> isSo, string what, TimeSpan? within = null)
    {
        var emulator = new OuterEmulator(columns, rows, _ => { });
        OuterScreen? last = null;
        try
        {
            while (true)
            {
                var arrival = await Next(arrival => arrival.Frame?.Channel == channel, what, within);
                emulator.Feed(arrival.Frame!.Payload);
                last = emulator.Look();
                if (isSo(last))
                {
                    return last;
                }
            }
        }
        catch (TimeoutException e)
        {
            throw new TimeoutException($"{e.Message}\n{last}");
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _transport.DisposeAsync();
        await _loop;
    }

    private static async Task<Peer> Greet(Peer peer)
    {
        await peer.Ask("hello", new JsonObject { ["versions"] = new JsonArray(1), ["client"] = "a test" }, "welcome");
        return peer;
    }

    private async Task Read()
    {
        while (await _transport.Receive() is { } received)
        {
            var arrival = received.IsBinary
                ? new Arrival(null, Frame.Read(received.Payload))
                : new Arrival(JsonNode.Parse(received.Payload)!.AsObject(), null);
            if (arrival.Message?["re"] is { } re && _open.TryRemove(re.GetValue<int>(), out var reply))
            {
                reply.TrySetResult(arrival.Message);
                continue;
            }

            TaskCompletionSource changed;
            lock (_gate)
            {
                _arrivals.Add(arrival);
                changed = _changed;
                _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
            }

            changed.TrySetResult();
        }
    }

    /// <summary>The daemon closed the connection instead of answering.</summary>
    public sealed class ClosedException(string request) : Exception("the connection was closed before the reply to " + request);

    /// <summary>A message or a frame, whichever is not null.</summary>
    public sealed record Arrival(JsonObject? Message, Frame? Frame)
    {
        public override string ToString() =>
            Message?.ToJsonString() ?? $"frame kind {Frame!.Kind} channel {Frame.Channel} {Frame.Offset}–{Frame.End}, {Frame.Payload.Length} bytes";
    }
}
