using System.Buffers;
using System.Collections.Concurrent;
using System.Net.Sockets;
using System.Net.WebSockets;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Tether.Daemon.Agents.Codex;

/// <summary>
/// The connection to one Codex app-server: JSON-RPC without its `jsonrpc` member, one message in each text message of a WebSocket over a Unix socket.
/// Messages are sent from any thread, and read by one.
/// </summary>
internal sealed class CodexConnection : IDisposable
{
    // A patch or the output of a command can be large; what is larger than this is nothing that people could be asked about.
    private const int MostBytes = 16 << 20;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly SocketsHttpHandler _handler;
    private readonly HttpMessageInvoker _invoker;
    private readonly ClientWebSocket _socket = new();
    private readonly SemaphoreSlim _sending = new(1, 1);
    private readonly ConcurrentDictionary<int, TaskCompletionSource<JsonElement>> _calls = new();
    private readonly TimeProvider _clock;
    private int _last;

    private CodexConnection(string path, TimeProvider clock)
    {
        _clock = clock;
        _handler = new SocketsHttpHandler { UseProxy = false, UseCookies = false, ConnectCallback = (_, cancel) => Open(path, cancel) };
        _invoker = new HttpMessageInvoker(_handler);
    }

    /// <param name="path">The socket, or a link to it.</param>
    /// <param name="clock">For limits.</param>
    /// <param name="cancel">Gives up.</param>
    /// <exception cref="WebSocketException">It does not answer.</exception>
    /// <exception cref="TimeoutException">It took too long.</exception>
    public static async Task<CodexConnection> To(string path, TimeProvider clock, CancellationToken cancel)
    {
        var connection = new CodexConnection(path, clock);
        try
        {
            await connection._socket.ConnectAsync(new Uri("ws://localhost/"), connection._invoker, cancel).WaitAsync(Patience, clock, cancel).ConfigureAwait(false);
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>What the server tells and asks, until the connection ends; answers to <see cref="Call"/> are not among it.</summary>
    /// <exception cref="WebSocketException">It broke.</exception>
    public async IAsyncEnumerable<JsonElement> Messages([EnumeratorCancellation] CancellationToken cancel)
    {
        var buffer = new ArrayBufferWriter<byte>(64 << 10);
        while (await Next(buffer, cancel).ConfigureAwait(false))
        {
            if (Parse(buffer.WrittenMemory) is not { ValueKind: JsonValueKind.Object } message)
            {
                continue;
            }

            if (message.Text("method") is null)
            {
                if (message.Member("id") is { ValueKind: JsonValueKind.Number } id && id.TryGetInt32(out var number) && _calls.TryRemove(number, out var call))
                {
                    call.TrySetResult(message);
                }
            }
            else
            {
                yield return message;
            }
        }
    }

    /// <summary>Asks for something; needs somebody who reads <see cref="Messages"/>.</summary>
    /// <returns>The answer, with `result` or `error`.</returns>
    /// <exception cref="IOException">The connection is gone.</exception>
    /// <exception cref="TimeoutException">It took too long.</exception>
    public async Task<JsonElement> Call(string method, JsonObject parameters, CancellationToken cancel)
    {
        var id = Interlocked.Increment(ref _last);
        var call = _calls[id] = new TaskCompletionSource<JsonElement>(TaskCreationOptions.RunContinuationsAsynchronously);
        try
        {
            await Send(new JsonObject { ["method"] = method, ["id"] = id, ["params"] = parameters }, cancel).ConfigureAwait(false);
            return await call.Task.WaitAsync(Patience, _clock, cancel).ConfigureAwait(false);
        }
        finally
        {
            _calls.TryRemove(id, out _);
        }
    }

    /// <exception cref="IOException">The connection is gone.</exception>
    public async Task Send(JsonObject message, CancellationToken cancel)
    {
        await _sending.WaitAsync(cancel).ConfigureAwait(false);
        try
        {
            await _socket.SendAsync(Encoding.UTF8.GetBytes(message.ToJsonString()), WebSocketMessageType.Text, endOfMessage: true, cancel).ConfigureAwait(false);
        }
        catch (Exception e) when (e is WebSocketException or ObjectDisposedException or InvalidOperationException)
        {
            throw new IOException(e.Message, e);
        }
        finally
        {
            _sending.Release();
        }
    }

    public void Dispose()
    {
        _socket.Dispose();
        _invoker.Dispose();
        _handler.Dispose();
        foreach (var call in _calls.Values)
        {
            call.TrySetException(new IOException("the connection ended"));
        }
    }

    // The link may lead where its own path would be too long for a socket's address.
    private static async ValueTask<Stream> Open(string path, CancellationToken cancel)
    {
        var target = File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName ?? path;
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(target), cancel).ConfigureAwait(false);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    // False at the end. What is too large is read to its end and left empty.
    private async Task<bool> Next(ArrayBufferWriter<byte> buffer, CancellationToken cancel)
    {
        buffer.ResetWrittenCount();
        var isTooLarge = false;
        while (true)
        {
            var part = await _socket.ReceiveAsync(buffer.GetMemory(16 << 10), cancel).ConfigureAwait(false);
            if (part.MessageType == WebSocketMessageType.Close)
            {
                return false;
            }

            isTooLarge |= buffer.WrittenCount + part.Count > MostBytes;
            if (isTooLarge)
            {
                buffer.ResetWrittenCount();
            }
            else
            {
                buffer.Advance(part.Count);
            }

            if (part.EndOfMessage)
            {
                return true;
            }
        }
    }

    private static JsonElement Parse(ReadOnlyMemory<byte> text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            return document.RootElement.Clone();
        }
        catch (JsonException)
        {
            return default;
        }
    }
}
