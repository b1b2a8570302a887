using System.Text.Json.Nodes;
using Tether.Daemon.Agents.Claude;
using Xunit;

namespace Tether.Daemon.Tests.Agents.Claude;

public sealed class ClaudeLaunchTests
{
    private readonly ClaudeAgent _claude = new();

    [Fact]
    public void A_settings_file_of_the_session_names_the_installed_hook()
    {
        using var fixture = new AgentFixture();
        var plan = fixture.Prepare(_claude, "--model", "opus");
        Assert.Equal(["claude", "--settings", Path.Combine(fixture.Folder, ClaudeSettings.FileName), "--session-id"], plan.Arguments[..4]);
        Assert.True(Guid.TryParse(plan.Arguments[4], out _));
        Assert.Equal(["--model", "opus"], plan.Arguments[5..]);
        var hooks = Written(fixture)["hooks"]!;
        Assert.Equal("/opt/tether/tether hook claude --asks", Command(hooks["PermissionRequest"]!));
        Assert.Equal("/opt/tether/tether hook claude", Command(hooks["Stop"]!));
    }

    [Theory]
    [InlineData("-p", "hello")]
    [InlineData("--print")]
    [InlineData("mcp", "list")]
    [InlineData("update")]
    [InlineData("--version")]
    public void What_is_no_dialogue_is_left_alone(params string[] arguments)
    {
        using var fixture = new AgentFixture();
        Assert.Equal(["claude", .. arguments], fixture.Prepare(_claude, arguments).Arguments);
        Assert.Empty(Directory.GetFiles(fixture.Folder));
    }

    [Theory]
    [InlineData("--resume", "x")]
    [InlineData("-c")]
    [InlineData("--session-id=7b8e5a3e-0000-4000-8000-000000000000")]
    public void A_session_that_was_chosen_gets_no_other_id(params string[] arguments)
    {
        using var fixture = new AgentFixture();
        Assert.DoesNotContain("--session-id", fixture.Prepare(_claude, arguments).Arguments);
    }

    [Fact]
    public void Settings_that_were_given_are_kept_beside_ours()
    {
        using var fixture = new AgentFixture();
        File.WriteAllText(Path.Combine(fixture.Folder, "mine.json"), """{"env":{"A":"1"},"hooks":{"Stop":[{"hooks":[{"type":"command","command":"mine"}]}]}}""");
        var plan = fixture.Prepare(_claude, "--settings", "mine.json", "go");
        Assert.Single(plan.Arguments, argument => argument.StartsWith("--settings", StringComparison.Ordinal));
        Assert.Equal("go", plan.Arguments[^1]);
        var settings = Written(fixture);
        Assert.Equal("1", settings["env"]!["A"]!.GetValue<string>());
        Assert.Equal(["mine", "/opt/tether/tether hook claude"], settings["hooks"]!["Stop"]!.AsArray().Select(entry => entry!["hooks"]![0]!["command"]!.GetValue<string>()));
    }

    [Theory]
    [InlineData("--settings={not json")]
    [InlineData("--settings=missing.json")]
    public void Settings_that_cannot_be_read_are_for_claude_to_complain_of(string argument)
    {
        using var fixture = new AgentFixture();
        var plan = fixture.Prepare(_claude, argument);
        Assert.Contains(argument, plan.Arguments);
        Assert.Empty(Directory.GetFiles(fixture.Folder));
    }

    [Fact]
    public void A_resumed_session_keeps_its_options_and_loses_its_prompt()
    {
        Assert.Equal(["--resume", "id", "--model", "opus", "--add-dir", "a", "b"], _claude.ResumeArguments("id", ["--model", "opus", "--add-dir", "a", "b", "--session-id", "old", "--", "do it"])!);
        Assert.Equal(["--resume", "id", "--dangerously-skip-permissions"], _claude.ResumeArguments("id", ["-r", "old", "--dangerously-skip-permissions", "fix the bug"])!);
        Assert.Null(_claude.ResumeArguments("id", ["-p", "x"]));
    }

    private static JsonNode Written(AgentFixture fixture) => JsonNode.Parse(File.ReadAllText(Path.Combine(fixture.Folder, ClaudeSettings.FileName)))!;

    private static string Command(JsonNode entries) => entries[0]!["hooks"]![0]!["command"]!.GetValue<string>();
}
