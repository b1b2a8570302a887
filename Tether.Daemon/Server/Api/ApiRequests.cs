using Tether.Protocol.Wire;

namespace Tether.Daemon.Server.Api;

/// <summary>Asks the daemon what its other clients ask, for a caller of the API: with his scopes, and under his name.</summary>
internal sealed class ApiRequests(IClientHandler handler) : IApiAsks
{
    /// <returns>The reply, once it has come.</returns>
    /// <exception cref="ApiError">The request was refused.</exception>
    public Task<T> AskAsync<T>(ApiCaller caller, Request request, CancellationToken stop)
        where T : Reply => AskAsync<T>(new ApiConnection(caller), request, stop);

    /// <summary>The same over a connection that takes frames.</summary>
    public async Task<T> AskAsync<T>(ApiConnection connection, Request request, CancellationToken stop)
        where T : Reply
    {
        handler.Opened(connection);
        try
        {
            using var gone = stop.Register(() => connection.Abandon(stop));
            handler.Message(connection, request);
            return await connection.Reply.ConfigureAwait(false) switch
            {
                T wanted => wanted,
                ErrorReply error => throw ApiErrors.Of(error.Code, error.Message),
                var other => throw new InvalidOperationException($"{request.GetType().Name} was answered with {other.GetType().Name}"),
            };
        }
        finally
        {
            handler.Closed(connection);
        }
    }
}
