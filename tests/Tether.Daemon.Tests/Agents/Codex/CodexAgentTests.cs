using System.Text.Json.Nodes;
using Tether.Daemon.Agents.Codex;
using Tether.Daemon.Agents.Screens;
using Tether.Protocol.Model;
using Xunit;

namespace Tether.Daemon.Tests.Agents.Codex;

/// <summary>Payloads, hashes and screens as Codex 0.169 gave them.</summary>
public sealed class CodexAgentTests
{
    private const string Asking = """
        {"session_id":"01a1fdb5","turn_id":"01a1fdb6","cwd":"/w","hook_event_name":"PermissionRequest","model":"gpt-5.5","permission_mode":"default","tool_name":"Bash","tool_input":{"command":"touch x1","description":"May I?"}}
        """;

    private readonly CodexAgent _codex = new();

    [Theory]
    [InlineData("stop", 600, "sha256:2ba34c7a02841fada06b868a093d041fd3d9de81883c789a321916b0aa118851")]
    [InlineData("permission_request", 5, "sha256:fead5d16f6c34e5d76ceba59a0e574281ed77d0655e8563c36eacb5ba77f919b")]
    public void The_hash_of_a_hook_is_what_codex_lists_for_it(string name, int seconds, string hash) => Assert.Equal(hash, CodexHookFlags.Hash(name, "true", seconds));

    [Fact]
    public void Hooks_are_flags_that_trust_themselves_and_nobody_elses()
    {
        using var fixture = new AgentFixture();
        var plan = fixture.Prepare(_codex, "resume", "--last");
        Assert.Equal(["codex", "-c", "features.daemon_auto_start=false"], plan.Arguments[..3]);
        Assert.Equal(["resume", "--last"], plan.Arguments[^2..]);
        Assert.Contains("""hooks.PermissionRequest=[{hooks=[{type="command",command="/opt/tether/tether hook codex --asks",timeout=86400}]}]""", plan.Arguments);
        Assert.DoesNotContain("--dangerously-bypass-hook-trust", plan.Arguments);
        var state = plan.Arguments.Single(argument => argument.StartsWith("hooks.state=", StringComparison.Ordinal));
        Assert.Contains("\"/<session-flags>/config.toml:permission_request:0:0\"={trusted_hash=\"" + CodexHookFlags.Hash("permission_request", "/opt/tether/tether hook codex --asks", 86400), state, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(fixture.Folder));
    }

    [Theory]
    [InlineData("exec", "hello")]
    [InlineData("-m", "o3", "mcp", "list")]
    [InlineData("--version")]
    [InlineData("--remote", "unix:///tmp/x")]
    public void What_is_no_dialogue_of_ours_is_left_alone(params string[] arguments)
    {
        using var fixture = new AgentFixture();
        Assert.Equal(["codex", .. arguments], fixture.Prepare(_codex, arguments).Arguments);
    }

    [Fact]
    public void A_server_of_the_sessions_own_gets_the_settings_and_the_interface_everything()
    {
        using var fixture = new AgentFixture();
        var launch = TestLaunch.In(fixture.Folder) with { Codex = CodexWay.Remote };
        var plan = _codex.Prepare(TestLaunch.Plan("codex", "-c", "a='b'", "--enable", "x", "-m", "o3", "resume", "id"), launch);
        var socket = Path.Combine(fixture.Folder, "codex.sock");
        Assert.Equal($"unix://{socket}", launch.File.Endpoint);
        Assert.Equal(("/bin/sh", "sh", "-c"), (plan.Program, plan.Arguments[0], plan.Arguments[1]));
        Assert.Equal(["codex", "-c", "a='b'", "--enable", "x", "-m", "o3", "resume", "id"], plan.Arguments[3..]);
        Assert.Contains($"/bin/codex app-server -c 'a='\\''b'\\''' --enable x --listen unix://{socket} ", plan.Arguments[2], StringComparison.Ordinal);
        Assert.Contains($"exec /bin/codex --remote unix://{socket} \"$@\"", plan.Arguments[2], StringComparison.Ordinal);
        Assert.Contains("exec /bin/codex -c features.daemon_auto_start=false -c ", plan.Arguments[2], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--add-dir", "/x")]
    [InlineData("-p", "mine")]
    [InlineData("--worktree")]
    [InlineData("-cmodel=o3")]
    public void What_a_server_would_do_otherwise_is_started_with_hooks(params string[] arguments)
    {
        using var fixture = new AgentFixture();
        var launch = TestLaunch.In(fixture.Folder) with { Codex = CodexWay.Remote };
        var plan = _codex.Prepare(TestLaunch.Plan(["codex", .. arguments]), launch);
        Assert.Equal(("/bin/codex", null), (plan.Program, launch.File.Endpoint));
        Assert.Contains(plan.Arguments, argument => argument.StartsWith("hooks.", StringComparison.Ordinal));
    }

    [Fact]
    public void Switched_off_it_is_started_as_it_is()
    {
        using var fixture = new AgentFixture();
        var plan = TestLaunch.Plan("codex", "hello");
        Assert.Equal(plan, _codex.Prepare(plan, TestLaunch.In(fixture.Folder) with { Codex = CodexWay.Off }));
    }

    [Fact]
    public void A_resumed_session_keeps_its_options_and_loses_its_prompt()
    {
        Assert.Equal(["resume", "id", "-m", "o3", "--search"], _codex.ResumeArguments("id", ["-m", "o3", "--search", "-i", "a.png", "fix it"])!);
        Assert.Equal(["resume", "id", "-c", "a=b"], _codex.ResumeArguments("id", ["-c", "a=b", "resume", "old"])!);
        Assert.Null(_codex.ResumeArguments("id", ["exec", "x"]));
    }

    [Fact]
    public void A_command_holds_its_prompt_back_and_is_settled_by_its_end()
    {
        using var fixture = new AgentFixture();
        var effect = fixture.Read(_codex, Asking);
        Assert.Equal(("touch x1", "May I?", "/w"), (effect.Ask!.Command, effect.Ask.Detail, effect.Ask.Directory));
        Assert.True(effect.HoldsPromptBack);
        Assert.Equal("01a1fdb5", effect.AgentSession);
        var after = fixture.Read(_codex, """{"hook_event_name":"PostToolUse","tool_name":"Bash","tool_input":{"command":"touch x1"},"tool_response":"","tool_use_id":"call_1"}""");
        Assert.Equal(effect.Ask.Correlation, after.Finishes);
        Assert.Equal((QueueDecision.Deny, AgentState.Waiting), (fixture.Read(_codex, """{"hook_event_name":"Interrupt"}""").SettledAs, fixture.Read(_codex, """{"hook_event_name":"Interrupt"}""").Signal!.State));
    }

    [Fact]
    public void A_patch_is_shown_file_by_file()
    {
        using var fixture = new AgentFixture();
        const string Patch = "*** Begin Patch\\n*** Add File: pp.txt\\n+one\\n*** Update File: a/b.c\\n@@ int f()\\n-old\\n+new\\n ctx\\n*** Delete File: gone\\n*** End Patch";
        var ask = fixture.Read(_codex, $$"""{"hook_event_name":"PermissionRequest","cwd":"/w","tool_name":"apply_patch","tool_input":{"command":"{{Patch}}"} }""").Ask!;
        Assert.Equal([("/w/pp.txt", "+one\n", true, false), ("/w/a/b.c", "@@ int f()\n-old\n+new\n ctx\n", false, false), ("/w/gone", "", false, true)], ask.Edits.Select(edit => (edit.Path, edit.Diff, edit.IsNew, edit.IsDeletion)));
        Assert.Equal((ToolClass.Edit, "apply_patch: pp.txt, a/b.c, gone"), (ask.ToolClass, ask.Title));
    }

    [Fact]
    public void Answers_are_written_as_codex_takes_them()
    {
        using var fixture = new AgentFixture();
        var ask = fixture.Read(_codex, Asking).Ask!;
        var deny = JsonNode.Parse(_codex.Write(AgentFixture.Json(Asking), ask, AgentFixture.Answer(QueueDecision.Deny, "say \"no\"\n"))!)!["hookSpecificOutput"]!["decision"]!;
        Assert.Equal(("deny", "say \"no\"\n"), (deny["behavior"]!.GetValue<string>(), deny["message"]!.GetValue<string>()));
        Assert.Contains("\"allow\"", _codex.Write(AgentFixture.Json(Asking), ask, AgentFixture.Answer(QueueDecision.Allow))!, StringComparison.Ordinal);
        Assert.Null(_codex.Write(AgentFixture.Json(Asking), ask, AgentFixture.Answer(QueueDecision.Dismiss)));
    }

    [Fact]
    public void The_keys_of_an_approval_are_those_it_names()
    {
        var prompt = Read("""
            • Running touch x1

              Would you like to run the following command?

              Environment: local
              Reason: May I?

              $ touch x1

            › 1. Yes, proceed (y)
              2. Yes, and don't ask again for commands that start with `touch x1` (p)
              3. No, and tell Codex what to do differently (esc)

              Press enter to confirm or esc to cancel
            """)!;
        Assert.Equal((QueueKind.Approval, ToolClass.Command, "touch x1"), (prompt.Kind, prompt.ToolClass, prompt.Command));
        Assert.Equal(["y", "p", "\e"], prompt.Options.Select(option => System.Text.Encoding.ASCII.GetString(option.Keys)));
        Assert.Equal("p"u8.ToArray(), prompt.Find(QueueDecision.Allow, isAlways: true)!.Keys);
    }

    [Fact]
    public void A_review_of_hooks_is_a_dialog()
    {
        var prompt = Read("""


              Hooks need review
              1 hook is new or changed.

              Hooks can run outside the sandbox after you trust them.

            › 1. Review hooks
              2. Trust all and continue
              3. Continue without trusting (hooks won't run)

              enter confirm · esc skip
            """)!;
        Assert.Equal((QueueKind.Dialog, "Hooks need review"), (prompt.Kind, prompt.Title));
        Assert.Equal("3"u8.ToArray(), prompt.Options[2].Keys);
    }

    private static ScreenPrompt? Read(string screen) => new CodexAgent().ReadPrompt(AgentFixture.Screen(screen));
}
