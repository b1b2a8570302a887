using Tether.Daemon.Agents.Screens;
using Tether.Protocol.Model;
using Xunit;

namespace Tether.Daemon.Tests.Sessions;

public sealed class StatusWatchTests
{
    private const string Blocked = "\e]7501;state=blocked:app=x:kind=permission:msg=dG91Y2ggYQ==\e\\";

    [Fact]
    public void What_a_program_tells_its_terminal_is_in_the_record_and_told()
    {
        using var rig = new SessionRig();
        rig.Print(Blocked);
        Await(rig, AgentState.NeedsApproval);
        Assert.Equal("touch a", rig.Ask(rig.Session.Describe).Status!.Detail);
        Assert.Contains(("aaaaaaaa", "state", "needs-approval touch a"), rig.Host.Events);
        Assert.Contains(rig.Host.Saved, record => record.Status?.State == AgentState.NeedsApproval);
    }

    [Fact]
    public void The_query_for_program_status_is_answered_with_its_own_bytes()
    {
        using var rig = new SessionRig();
        rig.Print("\e]7501;?\a");
        Assert.Equal("\e]7501;?\a", rig.Program.ReadInputUntil("\a"));
    }

    [Fact]
    public void Other_threads_may_signal_and_say_that_it_was_seen()
    {
        using var rig = new SessionRig();
        Signal(rig, AgentState.Working);
        Await(rig, AgentState.Working);
        Signal(rig, AgentState.Waiting);
        Await(rig, AgentState.Waiting, AgentState.Done);
        rig.Table.Seen("aaaaaaaa");
        Await(rig, AgentState.Waiting);
    }

    [Fact]
    public void The_end_of_the_program_is_its_last_state()
    {
        using var rig = new SessionRig();
        rig.Print(Blocked);
        Assert.Equal(AgentState.Exited, rig.End().Status!.State);
    }

    [Fact]
    public void An_answer_to_a_prompt_that_is_not_there_types_nothing()
    {
        using var rig = new SessionRig();
        var receipt = rig.Ask(() =>
        {
            var said = "";
            rig.Session.AnswerPrompt("x", prompt => new PromptOption("Yes", [(byte)'y'], QueueDecision.Allow), text => said = text);
            return said;
        });
        Assert.Equal("prompt-gone", receipt);
    }

    private static void Signal(SessionRig rig, AgentState state) => rig.Table.Signal(
        "aaaaaaaa", new AgentSignal { Source = SignalSource.Hook, State = state, Rule = "test", At = TimeProvider.System.GetUtcNow() });

    private static void Await(SessionRig rig, params AgentState[] states) =>
        Soon.Is(() => states.Contains(rig.Ask(rig.Session.Describe).Status!.State));
}
