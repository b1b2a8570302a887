using System.Net.WebSockets;
using Microsoft.Extensions.Logging;
using Tether.Daemon.Server.Api;
using Tether.Protocol.Wire;
using Tether.Protocol.Wire.Hot;

namespace Tether.Daemon.Server;

/// <summary>
/// One client that came by WebSocket. A thread of its own reads what it sends and carries it out, so that one that waits holds up nobody
/// else; <see cref="WebSocketSender"/> sends.
/// </summary>
internal sealed class WebSocketClientConnection : ClientConnection
{
    // Garbage this often is an attack or a bug, not a slip.
    private const int MostMalformed = 100;

    private const int StackSize = 256 * 1024;

    // A WebSocket's close frame has room for no more.
    private const int LongestReason = 120;

    private readonly WebSocket _socket;
    private readonly WebSocketSender _sender;
    private readonly IClientHandler _handler;
    private readonly ILogger _log;
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public WebSocketClientConnection(WebSocket socket, LocalPeer? peer, Admission admission, IClientHandler handler, ILogger log, TimeProvider time)
    {
        _socket = socket;
        _sender = new WebSocketSender(socket, log, time);
        _handler = handler;
        _log = log;
        IsLocal = peer is not null && admission.Caller.Scopes.HasFlag(ApiScope.Admin);
        Admission = admission;
    }

    public override bool IsLocal { get; }

    public override int ProcessId => Admission.Caller.ProcessId;

    public override ConnectionRights Rights => Admission.Rights;

    public override string? TokenName => Admission.Caller.Token is null ? null : Admission.Caller.Name;

    /// <summary>By what it came in.</summary>
    public Admission Admission { get; }

    public override void Send(Message message) => _sender.Send(HotEncoder.Encode(message));

    public override void SendFrame(ReadOnlyMemory<byte> frame, Action<bool> sent) => _sender.SendFrame(frame, sent);

    public override void Close() => Close(WebSocketCloseStatus.NormalClosure, "");

    public void Close(WebSocketCloseStatus status, string reason) =>
        _sender.Close(status, reason.Length <= LongestReason ? reason : reason[..LongestReason]);

    /// <summary>Done when the client has left and everything of it is settled.</summary>
    public Task Ended => _ended.Task;

    /// <summary>Serves the client on a thread of its own.</summary>
    public void Start() => new Thread(Run, StackSize) { Name = "websocket client", IsBackground = true }.Start();

    private void Run()
    {
        try
        {
            _handler.Opened(this);
            Receive();
            LeaveProperly();
        }
        catch (Exception e) when (IsGone(e))
        {
            // The client is gone without a goodbye; there is nobody to tell.
        }
        catch (Exception e)
        {
            _log.ClientFailed(Name, e);
            Close(WebSocketCloseStatus.InternalServerError, "the daemon's log says why");
            LeaveProperly();
        }
        finally
        {
            _sender.Abandon();
            TellClosed();
            _ended.SetResult();
        }
    }

    private void TellClosed()
    {
        try
        {
            _handler.Closed(this);
        }
        catch (Exception e)
        {
            _log.ClientFailed(Name, e);
        }
    }

    private void Receive()
    {
        var receiver = new WebSocketReceiver(_socket);
        var malformed = 0;
        while (receiver.Receive(out var type, out var message))
        {
            if (!Handle(type, message) && ++malformed == MostMalformed)
            {
                Close(WebSocketCloseStatus.PolicyViolation, $"{MostMalformed} messages made no sense");
            }

            if (malformed >= MostMalformed)
            {
                return;
            }
        }

        Close(
            receiver.TooLarge is null ? WebSocketCloseStatus.NormalClosure : WebSocketCloseStatus.MessageTooBig,
            receiver.TooLarge ?? "");
    }

    // What the client had on its way is read and dropped: closing a socket that holds unread bytes resets it, and the client would
    // never see the goodbye. The sender breaks the connection if that takes too long.
    private void LeaveProperly()
    {
        try
        {
            _sender.Ended.Wait();
            var dropped = new byte[4096];
            while (_socket.State == WebSocketState.CloseSent)
            {
                _socket.ReceiveAsync(dropped.AsMemory(), CancellationToken.None).AsTask().GetAwaiter().GetResult();
            }
        }
        catch (Exception e) when (IsGone(e))
        {
            // It did not wait for the goodbye.
        }
    }

    private static bool IsGone(Exception e) => e is WebSocketException or IOException or OperationCanceledException or ObjectDisposedException;

    private bool Handle(WebSocketMessageType type, ReadOnlySpan<byte> bytes)
    {
        string problem;
        if (type == WebSocketMessageType.Binary)
        {
            if (IncomingMessage.TryReadFrame(bytes, out var header, out problem))
            {
                _handler.Frame(this, header, bytes[FrameHeader.Size..]);
                return true;
            }
        }
        else if (IncomingMessage.Decode(bytes, out problem) is { } message)
        {
            _handler.Message(this, message);
            return true;
        }

        _handler.Malformed(this, problem);
        return false;
    }
}
