namespace Tether.EndToEnd.Tests.Agents.Answers;

/// <summary>It has no dialog but the one of Tether's extension, which is drawn anew when it is answered too soon: so the whole choice is made again.</summary>
internal sealed class PiWay : Way
{
    private const string Dialog = "Allow bash";

    public override string RememberedInDialog => "touch t3";

    public override async Task Allow(AskingAgent agent)
    {
        await agent.Sandbox.UntilShows(agent.Session, Dialog);
        await agent.Press(() => Answered(agent), "enter");
    }

    public override async Task Deny(AskingAgent agent, string reason)
    {
        await agent.Sandbox.UntilShows(agent.Session, Dialog);
        await agent.Press(Shows(agent, @"Why not\?"), "down", "down", "down", "enter");
        await agent.Press(Shows(agent, reason), Typed(reason));
        await agent.Press(() => Answered(agent), "enter");
    }

    public override async Task AllowAlways(AskingAgent agent)
    {
        await agent.Sandbox.UntilShows(agent.Session, Dialog);
        await agent.Press(() => Answered(agent), "down", "enter");
    }
}
