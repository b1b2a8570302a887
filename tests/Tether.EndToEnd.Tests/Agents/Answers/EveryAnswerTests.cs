using System.Globalization;
using System.Text.Json.Nodes;
using Xunit.Abstractions;

namespace Tether.EndToEnd.Tests.Agents.Answers;

/// <summary>
/// Every real agent asks, and is allowed, denied with a reason and allowed for always: at the dashboard, by the command line and in its own dialog. What is
/// asked stands in the queue as it is, the agent acts accordingly, the item is over everywhere, and the audit log tells it. A minute for each agent: with TETHER_SOAK.
/// </summary>
public sealed class EveryAnswerTests(ITestOutputHelper output)
{
    [EndToEndFact("claude", Needs.SoakTime)]
    public async Task Claude_takes_every_answer_from_everywhere() => await TakesAll(await AskingAgent.Claude(), new ClaudeWay());

    [EndToEndFact("codex", Needs.SoakTime)]
    public async Task Codex_takes_every_answer_from_everywhere() => await TakesAll(await AskingAgent.Codex(), new CodexWay());

    [EndToEndFact("opencode", Needs.SoakTime)]
    public async Task OpenCode_takes_every_answer_from_everywhere() => await TakesAll(await AskingAgent.OpenCode(), new OpenCodeWay());

    [EndToEndFact("pi", Needs.SoakTime)]
    public async Task Pi_takes_every_answer_from_everywhere() => await TakesAll(await AskingAgent.Pi(), new PiWay());

    private async Task TakesAll(AskingAgent started, Way way)
    {
        await using var agent = started;
        var round = new AnswerRound(agent, way, output.WriteLine);
        await AtCommandLine(agent, way, round);
        await InTerminal(agent, way, round);
        await AtDashboard(agent, round);
        Assert.Contains("all as they were written", await agent.Sandbox.Do("audit", "--verify"), StringComparison.Ordinal);
    }

    private static async Task AtCommandLine(AskingAgent agent, Way way, AnswerRound round)
    {
        await round.Allowed("touch c1", "cli", id => agent.Sandbox.Do("approve", id));
        await round.Denied("touch c2", "cli", "c2 is mine", id => agent.Sandbox.Do("deny", id, "--reason", "c2 is mine"));
        if (way.Remembered is { } own)
        {
            await round.RememberedByAgent(own.Command, "cli", id => agent.Sandbox.Do("approve", id, "--always", own.Offer));
        }
        else
        {
            await round.RememberedByRule("mkdir -p c3", "mkdir -p c4", "cli", item => agent.Sandbox.Do("approve", (string)item["id"]!, "--always", "prefix"));
        }
    }

    private static async Task InTerminal(AskingAgent agent, Way way, AnswerRound round)
    {
        await way.ComeToTerminal(agent);
        await round.Allowed("touch t1", "terminal", _ => way.Allow(agent));
        await round.Denied("touch t2", "terminal", "t2 is mine", _ => way.Deny(agent, "t2 is mine"), way.DenialEndsTurn);
        await round.RememberedByAgent(way.RememberedInDialog, "terminal", _ => way.AllowAlways(agent));
        await way.LeaveTerminal();
    }

    // What deletes is sent at once, and does not wait to be taken back.
    private static async Task AtDashboard(AskingAgent agent, AnswerRound round)
    {
        var desk = await AnswerDesk.Open(agent.Sandbox);
        await round.Allowed("rm -f gone && touch d1", "dashboard", _ => desk.Allow("touch d1"));
        await round.Denied("rm -f gone && touch d2", "dashboard", "d2 is mine", _ => desk.Deny("touch d2", "d2 is mine"));
        await round.RememberedByRule("rm -f gone && touch d3", "rm -f gone && touch d4", "dashboard", item =>
        {
            var offers = item["always"]!.AsArray().Select(offer => (string)offer!["id"]!).ToList();
            return desk.AllowAlways("touch d3", offers.IndexOf("session"));
        });
    }
}
