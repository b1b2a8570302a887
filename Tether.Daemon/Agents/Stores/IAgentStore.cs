using Tether.Protocol.Model;

namespace Tether.Daemon.Agents.Stores;

/// <summary>The sessions that one agent keeps on disk, whoever started them. Only reads. Used by one thread at a time.</summary>
internal interface IAgentStore
{
    /// <summary>The provider's name.</summary>
    string Agent { get; }

    /// <summary>The newest sessions. What was read before and did not change is not read again.</summary>
    StoreListing List(StoreQuery query);

    /// <summary>Those whose id is this or begins with it, those of sub-agents too.</summary>
    StoreListing Find(string idOrBeginning);

    /// <summary>Processes of the agent that may have the session open although nothing says so for sure; empty where the agent always tells.</summary>
    IReadOnlyList<RunningSign> Suspects(KeptSession session);

    /// <summary>What was said in a session; keeps up with it as it grows.</summary>
    Transcript OpenTranscript(KeptSession session);

    /// <summary>What a session has used, its sub-agents included; null when the agent says nothing of that. What was counted before is not read again.</summary>
    SessionUsage? Usage(KeptSession session);
}
