namespace Tether.EndToEnd.Tests.Agents.Answers;

/// <summary>Its dialog stands beside the queue; a denial in it ends the turn.</summary>
internal sealed class OpenCodeWay : Way
{
    private const string Dialog = "Permission required";

    public override (string Command, string Offer)? Remembered => ("mkdir -p c3", "agent");

    public override bool DenialEndsTurn => true;

    public override Task Allow(AskingAgent agent) => Choose(agent, []);

    public override Task Deny(AskingAgent agent, string reason) => Choose(agent, ["right", "right"]);

    public override async Task AllowAlways(AskingAgent agent)
    {
        await agent.Sandbox.UntilShows(agent.Session, Dialog);
        await agent.Press(Shows(agent, "Confirm"), "right", "enter");
        await agent.Press(() => Answered(agent), "enter");
    }

    private static async Task Choose(AskingAgent agent, string[] steps)
    {
        await agent.Sandbox.UntilShows(agent.Session, Dialog);
        if (steps.Length > 0)
        {
            await agent.Sandbox.Do(["keys", agent.Session, .. steps]);
        }

        await agent.Press(() => Answered(agent), "enter");
    }
}
