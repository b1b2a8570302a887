using System.Text.Json.Nodes;
using Tether.Daemon.Agents.Claude;
using Tether.Protocol.Model;
using Xunit;

namespace Tether.Daemon.Tests.Agents.Claude;

/// <summary>Payloads as Claude Code 2.1.197 and 2.1.329 sent them.</summary>
public sealed class ClaudeHooksTests
{
    private const string Asking = """
        {"session_id":"48fc7103","cwd":"/w","prompt_id":"ca7ed3aa","permission_mode":"default","hook_event_name":"PermissionRequest","tool_name":"Bash","tool_input":{"command":"touch a1.txt","description":"Run a stub command"},
         "permission_suggestions":[{"type":"addDirectories","directories":["/w"],"destination":"session"},{"type":"setMode","mode":"acceptEdits","destination":"session"}]}
        """;

    private const string SubAgentAsking = """
        {"session_id":"48fc7103","cwd":"/w","agent_id":"a1940129754ecdf95","agent_type":"general-purpose","hook_event_name":"PermissionRequest","tool_name":"Bash","tool_input":{"command":"touch s1.txt"}}
        """;

    private const string Question = """
        {"session_id":"48fc","hook_event_name":"PermissionRequest","tool_name":"AskUserQuestion","tool_input":{"questions":[
          {"question":"Which colour?","header":"Colour","options":[{"label":"Red","description":"warm"},{"label":"Blue","description":"cold"}],"multiSelect":false},
          {"question":"Which sizes?","header":"Size","options":[{"label":"S","description":"small"},{"label":"M","description":"medium"}],"multiSelect":true}]}}
        """;

    private readonly ClaudeAgent _claude = new();

    [Fact]
    public void A_command_is_asked_for_with_all_that_claude_offers()
    {
        using var fixture = new AgentFixture();
        var effect = fixture.Read(_claude, Asking);
        var ask = effect.Ask!;
        Assert.Equal(("touch a1.txt", "/w", "Bash: touch a1.txt", "Run a stub command"), (ask.Command, ask.Directory, ask.Title, ask.Detail));
        Assert.Equal((ToolClass.Command, AnswerWay.Protocol, true, true), (ask.ToolClass, ask.Way, ask.TakesReason, ask.TakesInput));
        Assert.Equal([("agent-1", "Claude: work in /w, in this session"), ("agent-2", "Claude: switch to acceptEdits, in this session")], ask.AgentAlways.Select(offer => (offer.Id, offer.Text)));
        Assert.Equal((AgentState.NeedsApproval, "claude.hook.PermissionRequest"), (effect.Signal!.State, effect.Signal.Rule));
        Assert.Equal("48fc7103", effect.AgentSession);
        Assert.False(effect.HoldsPromptBack);
    }

    [Theory]
    [InlineData("PostToolUse", """{"command":"touch a1.txt","description":"Run a stub command"}""", true)]
    [InlineData("PostToolUseFailure", """{"command":"touch a1.txt","description":"Run a stub command"}""", true)]
    [InlineData("PostToolUse", """{"command":"touch a2.txt","description":"Run a stub command"}""", false)]
    public void The_tools_end_settles_its_own_question(string name, string input, bool settles)
    {
        using var fixture = new AgentFixture();
        var ask = fixture.Read(_claude, Asking).Ask!;
        var after = fixture.Read(_claude, $$"""{"session_id":"48fc7103","hook_event_name":"{{name}}","tool_name":"Bash","tool_input":{{input}},"tool_use_id":"toolu_1"}""");
        Assert.Equal(settles, after.Finishes == ask.Correlation);
        Assert.Equal(QueueDecision.Allow, after.SettledAs);
    }

    [Fact]
    public void The_main_agents_stop_leaves_a_sub_agents_question_alone()
    {
        using var fixture = new AgentFixture();
        var (main, sub) = (fixture.Read(_claude, Asking).Ask!, fixture.Read(_claude, SubAgentAsking).Ask!);
        Assert.Equal("general-purpose", sub.SubAgent);
        var stop = fixture.Read(_claude, """{"session_id":"48fc","hook_event_name":"Stop","stop_hook_active":false,"background_tasks":[{"id":"a1","type":"subagent","status":"running"}]}""");
        Assert.True(stop.Settles!(main));
        Assert.False(stop.Settles(sub));
        Assert.Equal(AgentState.Working, stop.Signal!.State);
        var end = fixture.Read(_claude, """{"session_id":"48fc","agent_id":"a1940129754ecdf95","hook_event_name":"SubagentStop"}""");
        Assert.True(end.Settles!(sub));
        Assert.False(end.Settles(main));
    }

    [Fact]
    public void A_finished_task_is_no_prompt_of_the_person()
    {
        using var fixture = new AgentFixture();
        Assert.Null(fixture.Read(_claude, """{"hook_event_name":"UserPromptSubmit","prompt":"<task-notification>\n<task-id>a</task-id>"}""").Settles);
        Assert.NotNull(fixture.Read(_claude, """{"hook_event_name":"UserPromptSubmit","prompt":"go"}""").Settles);
    }

    [Theory]
    [InlineData("""{"hook_event_name":"Stop","background_tasks":[]}""", AgentState.Done)]
    [InlineData("""{"hook_event_name":"StopFailure","error":"unknown","last_assistant_message":"API Error: 400"}""", AgentState.Failed)]
    [InlineData("""{"hook_event_name":"StopFailure","error":"rate_limit"}""", AgentState.LimitReached)]
    [InlineData("""{"hook_event_name":"StopFailure","error":"authentication_failed"}""", AgentState.LoginNeeded)]
    [InlineData("""{"hook_event_name":"SessionStart","source":"startup"}""", AgentState.Waiting)]
    [InlineData("""{"hook_event_name":"PreCompact","trigger":"auto"}""", AgentState.Working)]
    public void Events_tell_the_state(string payload, AgentState state)
    {
        using var fixture = new AgentFixture();
        Assert.Equal(state, fixture.Read(_claude, payload).Signal!.State);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("""{"hook_event_name":"PermissionRequest"}""")]
    [InlineData("""{"hook_event_name":"PermissionRequest","tool_name":"Bash","tool_input":"x"}""")]
    public void What_claude_does_not_say_is_refused(string payload)
    {
        using var fixture = new AgentFixture();
        Assert.Throws<FormatException>(() => fixture.Read(_claude, payload));
    }

    [Fact]
    public void Answers_are_written_as_claude_takes_them()
    {
        using var fixture = new AgentFixture();
        Assert.Equal("""{"behavior":"allow"}""", Decision(fixture, Asking, AgentFixture.Answer(QueueDecision.Allow)));
        Assert.Equal("""{"behavior":"deny","message":"use git","interrupt":false}""", Decision(fixture, Asking, AgentFixture.Answer(QueueDecision.Deny, "use git")));
        Assert.Equal("""{"behavior":"allow","updatedInput":{"command":"ls"}}""", Decision(fixture, Asking, AgentFixture.Answer(QueueDecision.Allow, input: """{"command":"ls"}""")));
        Assert.Equal("""{"behavior":"allow","updatedPermissions":[{"type":"setMode","mode":"acceptEdits","destination":"session"}]}""", Decision(fixture, Asking, AgentFixture.Answer(QueueDecision.Allow, always: "agent-2")));
        Assert.Equal("""{"behavior":"allow"}""", Decision(fixture, Asking, AgentFixture.Answer(QueueDecision.Allow, always: "agent-3")));
    }

    [Fact]
    public void Questions_come_back_with_their_answers()
    {
        using var fixture = new AgentFixture();
        var ask = fixture.Read(_claude, Question).Ask!;
        Assert.Equal((QueueKind.Question, 2, true), (ask.Kind, ask.Questions.Length, ask.Questions[1].Multiple));
        var decision = JsonNode.Parse(Decision(fixture, Question, AgentFixture.Answer(QueueDecision.Answer, answers: [["Blue"], ["S", "M"]])))!;
        Assert.Equal("""{"Which colour?":"Blue","Which sizes?":"S, M"}""", decision["updatedInput"]!["answers"]!.ToJsonString());
        Assert.Equal(2, decision["updatedInput"]!["questions"]!.AsArray().Count);
    }

    [Fact]
    public void Edits_show_what_they_would_do_to_the_file()
    {
        using var fixture = new AgentFixture();
        var path = Path.Combine(fixture.Folder, "n.txt");
        File.WriteAllText(path, "one\ntwo\n");
        var edit = fixture.Read(_claude, $$"""{"hook_event_name":"PermissionRequest","cwd":"{{fixture.Folder}}","tool_name":"Edit","tool_input":{"file_path":"{{path}}","old_string":"two","new_string":"zwei","replace_all":false} }""").Ask!;
        Assert.Equal(("Edit: n.txt", "@@ -1,2 +1,2 @@\n one\n-two\n+zwei\n"), (edit.Title, edit.Edits[0].Diff));
        var write = fixture.Read(_claude, $$"""{"hook_event_name":"PermissionRequest","cwd":"{{fixture.Folder}}","tool_name":"Write","tool_input":{"file_path":"new.txt","content":"a\n"} }""").Ask!;
        Assert.Equal((Path.Combine(fixture.Folder, "new.txt"), true, "@@ -0,0 +1,1 @@\n+a\n"), (write.Edits[0].Path, write.Edits[0].IsNew, write.Edits[0].Diff));
    }

    private string Decision(AgentFixture fixture, string payload, QueueAnswer answer)
    {
        var output = JsonNode.Parse(_claude.Write(AgentFixture.Json(payload), fixture.Read(_claude, payload).Ask!, answer)!)!["hookSpecificOutput"]!;
        Assert.Equal("PermissionRequest", output["hookEventName"]!.GetValue<string>());
        return output["decision"]!.ToJsonString();
    }
}
