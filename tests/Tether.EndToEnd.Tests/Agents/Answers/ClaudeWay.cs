using System.Text.RegularExpressions;

namespace Tether.EndToEnd.Tests.Agents.Answers;

/// <summary>Its dialog stands beside the queue; it takes a reason, and its own rules are for the command.</summary>
internal sealed partial class ClaudeWay : Way
{
    private const string Dialog = @"Do you want to proceed\?";

    public override (string Command, string Offer)? Remembered => ("rm -f gone && touch c3", "agent-1");

    public override async Task Allow(AskingAgent agent)
    {
        await agent.Sandbox.UntilShows(agent.Session, Dialog);
        await agent.Press(() => Answered(agent), "1");
    }

    public override async Task Deny(AskingAgent agent, string reason)
    {
        await agent.Sandbox.UntilShows(agent.Session, Dialog);
        await agent.Press(Shows(agent, @"❯ \d\. No"), "up");
        await agent.Press(Shows(agent, "tell Claude what to do differently"), "tab");
        await agent.Press(Shows(agent, $@"No, {reason}"), Typed(reason));
        await agent.Press(() => Answered(agent), "enter");
    }

    public override async Task AllowAlways(AskingAgent agent)
    {
        await agent.Sandbox.UntilShows(agent.Session, "and don.t ask again for: ln");
        var number = Always().Match(await agent.Sandbox.Do("capture", agent.Session)).Groups[1].Value;
        await agent.Press(() => Answered(agent), number);
    }

    [GeneratedRegex(@"(\d)\. Yes, and don.t ask again")]
    private static partial Regex Always();
}
