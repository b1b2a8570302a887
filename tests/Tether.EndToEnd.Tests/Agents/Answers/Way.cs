namespace Tether.EndToEnd.Tests.Agents.Answers;

/// <summary>One agent: how it is asked for something that it may not do, and what a person does in its own dialog.</summary>
internal abstract class Way
{
    /// <summary>A call of its shell that it asks about, as a directive.</summary>
    public virtual string Call(string command) => $"[[RUN {command}]]";

    /// <summary>What it may remember by its own means; null when only Tether's rules remember for it.</summary>
    public virtual (string Command, string Offer)? Remembered => null;

    /// <summary>What its own dialog can remember.</summary>
    public virtual string RememberedInDialog => "ln -s . t3";

    /// <summary>A denial ends its turn, so that the reason must be the next prompt.</summary>
    public virtual bool DenialEndsTurn => false;

    /// <summary>Called before it asks what is going to be answered in its own dialog.</summary>
    public virtual Task ComeToTerminal(AskingAgent agent) => Task.CompletedTask;

    public virtual Task LeaveTerminal() => Task.CompletedTask;

    public abstract Task Allow(AskingAgent agent);

    public abstract Task Deny(AskingAgent agent, string reason);

    public abstract Task AllowAlways(AskingAgent agent);

    /// <summary>Waits until nothing is asked any more.</summary>
    protected static Task Answered(AskingAgent agent) => Patience.Until(async () => (await agent.Items()).Length == 0, "no open question", Patience.Moment);

    /// <summary>Waits until a row of its screen matches.</summary>
    protected static Func<Task> Shows(AskingAgent agent, string pattern) => () => agent.Sandbox.UntilShows(agent.Session, pattern, Patience.Moment);

    /// <summary>The keys for a text.</summary>
    protected static string[] Typed(string text) => [.. text.Select(character => character == ' ' ? "space" : $"{character}")];
}
