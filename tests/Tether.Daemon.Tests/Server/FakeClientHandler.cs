using System.Collections.Concurrent;
using System.Threading.Channels;
using Tether.Daemon.Server;
using Tether.Protocol.Wire;

namespace Tether.Daemon.Tests.Server;

/// <summary>Records what a transport hands on, and answers hello and garbage as the daemon does.</summary>
internal sealed class FakeClientHandler : IClientHandler
{
    private readonly Channel<ClientConnection> _opened = Channel.CreateUnbounded<ClientConnection>();
    private readonly Channel<ClientConnection> _closed = Channel.CreateUnbounded<ClientConnection>();

    /// <summary>What arrived, in words and in order.</summary>
    public ConcurrentQueue<string> Calls { get; } = new();

    /// <summary>Called for every message but hello, on the connection's thread.</summary>
    public Action<ClientConnection, Message> OnMessage { get; set; } = (_, _) => { };

    public ValueTask<ClientConnection> NextOpenedAsync(CancellationToken stop) => _opened.Reader.ReadAsync(stop);

    public ValueTask<ClientConnection> NextClosedAsync(CancellationToken stop) => _closed.Reader.ReadAsync(stop);

    public void Opened(ClientConnection connection)
    {
        Calls.Enqueue("opened");
        _opened.Writer.TryWrite(connection);
    }

    public void Message(ClientConnection connection, Message message)
    {
        Calls.Enqueue($"{message.GetType().Name} {(message as Request)?.Id}");
        if (message is HelloRequest hello)
        {
            connection.Name = hello.Client;
            connection.Send(new WelcomeReply { Re = hello.Id, Version = 1, Daemon = "0", ProcessId = 1, Host = "here" });
        }
        else
        {
            OnMessage(connection, message);
        }
    }

    public void Malformed(ClientConnection connection, string reason)
    {
        Calls.Enqueue("malformed");
        connection.Send(new ErrorReply { Code = ErrorCode.BadRequest, Message = reason });
    }

    public void Frame(ClientConnection connection, FrameHeader header, ReadOnlySpan<byte> payload) =>
        Calls.Enqueue($"frame {header.Channel} {payload.Length}");

    public void Closed(ClientConnection connection)
    {
        Calls.Enqueue("closed");
        _closed.Writer.TryWrite(connection);
    }
}
