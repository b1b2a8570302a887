using Microsoft.Extensions.Logging;
using Tether.Protocol.Model;

namespace Tether.Daemon.Agents;

/// <summary>Follows the protocol that an agent serves, from one connection to the next: soon after one that stood, ever later while there is none.</summary>
/// <param name="context">The session.</param>
/// <param name="agent">The agent's name, for the log.</param>
/// <param name="shortestWait">After a connection that stood.</param>
internal sealed class LinkLoop(AgentLinkContext context, string agent, TimeSpan shortestWait)
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(2);

    /// <summary>Follows one connection to its end. Calls what it is given once the connection stands.</summary>
    public required Func<Action, Task> Follow { get; init; }

    /// <summary>Called after each connection: what was known by it is not known any more.</summary>
    public required Action Over { get; init; }

    /// <summary>Whether something that <see cref="Follow"/> threw only says that the agent is not there.</summary>
    public required Func<Exception, bool> IsAbsence { get; init; }

    /// <summary>Goes on until it is cancelled.</summary>
    public async Task RunAsync(CancellationToken end)
    {
        var wait = shortestWait;
        while (!end.IsCancellationRequested)
        {
            try
            {
                await Follow(() => wait = shortestWait).ConfigureAwait(false);
            }
            catch (Exception e) when (IsAbsence(e))
            {
                context.Log.AgentNotReached(agent, context.Session.Id, e.Message);
            }
            catch (OperationCanceledException)
            {
                return;
            }
            catch (Exception e) when (e is not OutOfMemoryException)
            {
                context.Log.LinkFailed(agent, context.Session.Id, e);
            }

            Over();
            try
            {
                await Task.Delay(wait, context.Clock, end).ConfigureAwait(false);
            }
            catch (OperationCanceledException)
            {
                return;
            }

            wait = wait * 2 < LongestWait ? wait * 2 : LongestWait;
        }
    }
}
