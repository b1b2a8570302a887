using Tether.Protocol.Model;

namespace Tether.Daemon.Approvals;

/// <summary>The queue as agents' adapters see it. May be called from any thread; nothing here waits.</summary>
internal interface IApprovals
{
    /// <summary>
    /// Brings a question. Policy may answer it before anybody sees it. A question whose key is open already is taken up again: the new
    /// <paramref name="deliver"/> takes the old one's place, and an answer that was taken but not delivered is delivered at once.
    /// </summary>
    /// <param name="ask">What is asked.</param>
    /// <param name="deliver">Null when it can only be answered in the terminal, or not at all. Else brings the answer to the agent, once; its result is the receipt (`delivered`, `confirmed`, or why it did not arrive).
    /// Called on a thread of the pool.</param>
    /// <returns>The item's id.</returns>
    string Open(Ask ask, Func<QueueAnswer, Task<string>>? deliver);

    /// <summary>Open questions of a session that fit are over without an answer from here.</summary>
    /// <param name="session">Its id.</param>
    /// <param name="which">Which of its open questions.</param>
    /// <param name="reason">For people and the audit log, as `answered in the terminal`.</param>
    /// <param name="decision">What came of it, where that is known.</param>
    /// <param name="by">Who or what settled it: `agent` in its own prompt or by its end, `timeout`.</param>
    void Close(string session, Func<Ask, bool> which, string reason, QueueDecision? decision = null, string by = "agent");

    /// <summary>
    /// One use of a tool is over, which the agent names by tool and input alone, and may have asked for several times at once. It was one that was allowed from
    /// here, if there is any that is not over yet; else it was allowed elsewhere, and the oldest question that fits is over with it.
    /// </summary>
    /// <param name="session">Its id.</param>
    /// <param name="correlation">The <see cref="Ask.Correlation"/> of the question; not empty.</param>
    /// <param name="reason">As in <see cref="Close"/>.</param>
    /// <param name="decision">As in <see cref="Close"/>.</param>
    void Finished(string session, string correlation, string reason, QueueDecision? decision);

    /// <summary>The way to a question's prompt has changed, as when a hook hands it back to the agent's own dialog.</summary>
    /// <param name="session">Its id.</param>
    /// <param name="key">The question's.</param>
    /// <param name="way">From now on.</param>
    /// <param name="deliver">As in <see cref="Open"/>; null when an answer can only be given in the terminal.</param>
    void Redirect(string session, string key, AnswerWay way, Func<QueueAnswer, Task<string>>? deliver);
}
