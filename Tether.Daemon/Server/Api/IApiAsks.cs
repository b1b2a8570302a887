using Tether.Protocol.Wire;

namespace Tether.Daemon.Server.Api;

/// <summary>Asks the daemon as a client of the protocol does, from inside: every transport's requests are carried out in one place, by one set of rules.</summary>
internal interface IApiAsks
{
    /// <param name="caller">For whom: his name, scopes and process are those of the connection.</param>
    /// <param name="request">Any but those that need a connection of their own (attach, subscribe and what belongs to an attachment).</param>
    /// <param name="stop">Gives up waiting; the request is withdrawn where that can be.</param>
    /// <exception cref="ApiError">It was refused: a <see cref="ErrorReply"/> with its status and code.</exception>
    Task<TReply> AskAsync<TReply>(ApiCaller caller, Request request, CancellationToken stop)
        where TReply : Reply;
}
