using Tether.Protocol.Wire;

namespace Tether.Daemon.Server.Api;

/// <summary>A client of the protocol inside this process, for one request: a call of the API, which so is judged and carried out as any other client's.</summary>
internal sealed class ApiConnection : ClientConnection
{
    private readonly ApiCaller _caller;
    private readonly TaskCompletionSource<Reply> _reply = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public ApiConnection(ApiCaller caller)
    {
        _caller = caller;
        Name = caller.Name;
    }

    /// <summary>Takes a binary frame; false for no more of them. Null: none are wanted.</summary>
    public Func<ReadOnlyMemory<byte>, bool>? Frames { get; init; }

    /// <summary>Over the API nobody sends an environment.</summary>
    public override bool IsLocal => false;

    public override int ProcessId => _caller.ProcessId;

    public override ConnectionRights Rights => new(_caller.Scopes);

    /// <summary>The reply, once it has come.</summary>
    public Task<Reply> Reply => _reply.Task;

    public override void Send(Message message)
    {
        if (message is Reply reply)
        {
            _reply.TrySetResult(reply);
        }
    }

    public override void SendFrame(ReadOnlyMemory<byte> frame, Action<bool> sent) => sent(Frames?.Invoke(frame) == true);

    public override void Close() => _reply.TrySetException(new ApiError(503, ApiError.Unavailable, "the daemon ends; ask the next one"));

    /// <summary>The caller waits no longer.</summary>
    public void Abandon(CancellationToken stop) => _reply.TrySetCanceled(stop);
}
