using System.Text.Json;
using Tether.Daemon.Agents.Hooks;
using Tether.Daemon.Agents.Pi;
using Tether.Protocol.Model;
using Xunit;

namespace Tether.Daemon.Tests.Agents.Pi;

/// <summary>What the extension sends from pi 0.73.1, 0.87.1 and 1.5.2.</summary>
public sealed class PiHookTests : IDisposable
{
    private readonly ScratchDirectory _scratch = new();

    public void Dispose() => _scratch.Dispose();

    [Fact]
    public void A_command_is_asked_with_its_text_and_may_be_changed()
    {
        var effect = Read("""{"event":"tool_call","toolName":"bash","toolCallId":"call_1","input":{"command":"touch a.txt"},"isCut":false,"cwd":"/srv/app/sub","sessionId":"01a1"}""");
        var ask = effect.Ask!;
        Assert.Equal(("key", "bash: touch a.txt", "touch a.txt", "/srv/app/sub", "call_1"), (ask.Key, ask.Title, ask.Command, ask.Directory, ask.Correlation));
        Assert.True(ask is { TakesReason: true, TakesInput: true, ToolClass: ToolClass.Command });
        Assert.Equal((AgentState.NeedsApproval, "01a1"), (effect.Signal!.State, effect.AgentSession));
        Assert.False(effect.HoldsPromptBack);
    }

    [Theory]
    [InlineData("""{"path":"a.txt","edits":[{"oldText":"two","newText":"2"},{"oldText":"three","newText":"3"}]}""", "@@ -1,3 +1,3 @@\n one\n-two\n-three\n+2\n+3\n")]
    [InlineData("""{"path":"a.txt","oldText":"two","newText":"2"}""", "@@ -1,3 +1,3 @@\n one\n-two\n+2\n three\n")]
    [InlineData("""{"path":"a.txt","oldText":"nowhere","newText":"2"}""", "-nowhere\n+2\n")]
    public void An_edit_is_shown_as_what_it_would_do_to_the_file(string input, string diff)
    {
        var file = _scratch.File("a.txt");
        File.WriteAllText(file, "one\ntwo\nthree\n");
        var ask = Read($$"""{"event":"tool_call","toolName":"edit","toolCallId":"c","input":{{input}},"file":"{{file}}","cwd":"{{_scratch.Path}}"}""").Ask!;
        Assert.Equal((file, diff), (ask.Edits[0].Path, ask.Edits[0].Diff));
        Assert.Equal(("edit: a.txt", ToolClass.Edit), (ask.Title, ask.ToolClass));
    }

    [Fact]
    public void What_was_cut_to_fit_is_not_to_be_changed() =>
        Assert.False(Read("""{"event":"tool_call","toolName":"write","toolCallId":"c","input":{"path":"a","content":"x"},"isCut":true}""").Ask!.TakesInput);

    [Theory]
    [InlineData("terminal", "deny", QueueDecision.Deny, "answered in the terminal: no")]
    [InlineData("interrupted", "deny", null, "interrupted")]
    public void An_answer_in_the_terminal_settles_its_own_question_only(string by, string decision, QueueDecision? expected, string reason)
    {
        var effect = Read($$"""{"event":"tool_decided","toolCallId":"call_1","decision":"{{decision}}","by":"{{by}}","reason":"no"}""");
        var ask = Read("""{"event":"tool_call","toolName":"bash","toolCallId":"call_1","input":{}}""").Ask!;
        Assert.True(effect.Settles!(ask));
        Assert.False(effect.Settles!(ask with { Correlation = "call_2" }));
        Assert.Equal((expected, reason, AgentState.Working), (effect.SettledAs, effect.SettledBy, effect.Signal!.State));
    }

    [Fact]
    public void An_answer_from_here_is_not_settled_twice() =>
        Assert.Null(Read("""{"event":"tool_decided","toolCallId":"call_1","decision":"allow","by":"tether"}""").Settles);

    [Theory]
    [InlineData("""{"event":"session_start","reason":"startup"}""", AgentState.Waiting)]
    [InlineData("""{"event":"agent_start"}""", AgentState.Working)]
    [InlineData("""{"event":"agent_end","stopReason":"stop"}""", AgentState.Done)]
    [InlineData("""{"event":"agent_end","stopReason":"aborted","error":"Request was aborted"}""", AgentState.Waiting)]
    [InlineData("""{"event":"agent_end","stopReason":"error","error":"500 broken"}""", AgentState.Failed)]
    [InlineData("""{"event":"agent_end","stopReason":"error","error":"429 Too many requests"}""", AgentState.LimitReached)]
    [InlineData("""{"event":"compact_end","isRunning":true}""", AgentState.Working)]
    [InlineData("""{"event":"session_shutdown","reason":"quit"}""", AgentState.Unknown)]
    public void Events_say_what_pi_is_up_to(string payload, AgentState state) => Assert.Equal(state, Read(payload).Signal!.State);

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"event":"dance"}""")]
    public void Anything_else_is_not_understood(string payload) => Assert.Throws<FormatException>(() => Read(payload));

    [Theory]
    [InlineData(QueueDecision.Allow, "", """{"command":"ls"}""", """{"allow":true,"input":{"command":"ls"}}""")]
    [InlineData(QueueDecision.Allow, "ignored", null, """{"allow":true}""")]
    [InlineData(QueueDecision.Deny, "not that", null, """{"allow":false,"reason":"not that"}""")]
    [InlineData(QueueDecision.Dismiss, "", null, """{"allow":false}""")]
    public void An_answer_is_written_as_the_extension_reads_it(QueueDecision decision, string reason, string? input, string expected) =>
        Assert.Equal(expected, PiHook.Write(new QueueAnswer { Decision = decision, By = "x", Surface = "cli", At = default, Reason = reason, Input = input }));

    private static HookEffect Read(string payload) => PiHook.Read(
        JsonSerializer.Deserialize<JsonElement>(payload), new HookContext { Session = TestLaunch.Session("pi"), Key = "key", Now = DateTimeOffset.UnixEpoch });
}
