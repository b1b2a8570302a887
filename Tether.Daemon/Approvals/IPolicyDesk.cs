using Tether.Protocol.Model;

namespace Tether.Daemon.Approvals;

/// <summary>What the policy makes of a question.</summary>
/// <param name="Note">The verdict and why.</param>
/// <param name="Facts">What the request would touch; null when nothing can be said.</param>
/// <param name="Offers">What `always` can mean, the policy's own.</param>
internal sealed record Judgement(PolicyNote Note, CommandFacts? Facts, AlwaysOffer[] Offers);

/// <summary>The policy as the queue sees it. May be called from any thread.</summary>
internal interface IPolicyDesk
{
    /// <summary>What it says, for people to see; nothing is counted.</summary>
    Judgement Judge(Ask ask, SessionRecord session);

    /// <summary>A rule is about to decide: its uses are counted, durably.</summary>
    /// <returns>False when it may not any more, because it is gone or another question had its last use.</returns>
    bool TryUse(string rule);

    /// <summary>Makes and keeps the rule that an offer stands for. Its id.</summary>
    /// <exception cref="KeyNotFoundException">There is no such offer for this question.</exception>
    /// <exception cref="IOException">It cannot be kept.</exception>
    string Remember(string offer, Ask ask, SessionRecord session, string by);

    /// <summary>Forgets rules that were added for sessions that are all over.</summary>
    /// <param name="runs">Whether a session still runs.</param>
    void ForgetEnded(Func<string, bool> runs);
}
