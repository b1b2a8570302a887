using Tether.Protocol.Model;

namespace Tether.Daemon.Approvals;

/// <summary>What the policy makes of a question.</summary>
/// <param name="Note">The verdict and why.</param>
/// <param name="Facts">What the request would touch; null when nothing can be said.</param>
/// <param name="Offers">What `always` can mean, the policy's own.</param>
internal sealed record Assessment(PolicyNote Note, CommandFacts? Facts, AlwaysOffer[] Offers);

/// <summary>The policy as the queue sees it. May be called from any thread.</summary>
internal interface IPolicyDesk
{
    /// <summary>What it says, for people to see; nothing is counted.</summary>
    Assessment Judge(Ask ask, SessionRecord session);

    /// <summary>What it says, and what will be done: a rule that counts its uses has one less.</summary>
    Assessment Decide(Ask ask, SessionRecord session);

    /// <summary>Makes and keeps the rule that an offer stands for. Its id.</summary>
    /// <exception cref="KeyNotFoundException">There is no such offer for this question.</exception>
    /// <exception cref="IOException">It cannot be kept.</exception>
    string Remember(string offer, Ask ask, SessionRecord session, string by);
}
