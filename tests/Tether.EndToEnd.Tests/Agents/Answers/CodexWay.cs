using Tether.Testing.Outer;

namespace Tether.EndToEnd.Tests.Agents.Answers;

/// <summary>With hooks: its dialog is drawn only when somebody who is in control is there, and a denial in it ends the turn.</summary>
internal sealed class CodexWay : Way
{
    private const string Dialog = "Would you like to run the following command";

    private OuterTerminal? _terminal;

    public override string RememberedInDialog => "touch t3";

    public override bool DenialEndsTurn => true;

    public override string Call(string command) =>
        $$"""[[TOOL exec_command {"cmd":"{{command}}","sandbox_permissions":"require_escalated","justification":"because"}]]""";

    public override async Task ComeToTerminal(AskingAgent agent)
    {
        _terminal = agent.Sandbox.Open(110, 40, "attach", agent.Session, "--control");
        await _terminal.UntilShows("for shortcuts");
    }

    public override async Task LeaveTerminal()
    {
        _terminal!.Type(Keys.Detach);
        await _terminal.Exited;
    }

    public override Task Allow(AskingAgent agent) => Answer(agent, "y");

    public override Task Deny(AskingAgent agent, string reason) => Answer(agent, "\e");

    public override Task AllowAlways(AskingAgent agent) => Answer(agent, "p");

    private async Task Answer(AskingAgent agent, string key)
    {
        await _terminal!.UntilShows(Dialog);
        _terminal.Type(key);
        await _terminal.Until(screen => !screen.Shows(Dialog), "the end of the dialog");
        await Answered(agent);
    }
}
