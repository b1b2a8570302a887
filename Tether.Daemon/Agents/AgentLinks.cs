using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Tether.Daemon.Approvals;
using Tether.Protocol.Model;

namespace Tether.Daemon.Agents;

/// <summary>The connections to the protocols that agents serve: one for each session that runs such an agent, from its start, or the daemon's, to its end.</summary>
internal sealed class AgentLinks(
    AgentFolders folders, IApprovals approvals, Action<string, AgentSignal> signal, Action<string, string> agentSessionKnown, TimeProvider clock, ILogger log) : IDisposable
{
    private readonly ConcurrentDictionary<string, IAgentLink> _links = [];

    /// <summary>A session runs. Nothing here waits for the agent.</summary>
    public void Started(SessionRecord session, AgentKind? kind)
    {
        if (kind is null || folders.Find(session.Id) is not { } file)
        {
            return;
        }

        try
        {
            var link = kind.Connect(new AgentLinkContext
            {
                Session = session,
                File = file,
                Folder = folders.FolderOf(session.Id),
                Approvals = approvals,
                Signal = told => signal(session.Id, told),
                AgentSessionKnown = id => agentSessionKnown(session.Id, id),
                Log = log,
                Clock = clock,
            });
            if (link is not null)
            {
                _links[session.Id] = link;
            }
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            log.NoLink(kind.Name, session.Id, e.Message);
        }
    }

    /// <summary>A session is over.</summary>
    public void Ended(string session)
    {
        if (_links.TryRemove(session, out var link))
        {
            link.Dispose();
        }
    }

    public void Dispose()
    {
        foreach (var session in _links.Keys)
        {
            Ended(session);
        }
    }
}
