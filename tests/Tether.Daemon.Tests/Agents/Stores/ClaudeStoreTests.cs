using System.Text.Json.Nodes;
using Tether.Daemon.Agents.Claude;
using Tether.Daemon.Agents.Stores;
using Tether.Daemon.Native;
using Xunit;

namespace Tether.Daemon.Tests.Agents.Stores;

public sealed class ClaudeStoreTests : IDisposable
{
    private const string Newer = "61c56849-063b-4670-affd-443c38c76a91", Older = "d506eb16-7dc7-41fb-b8cf-034e5b45aa19", Delegating = "993b21b0-2318-45d2-bcca-892582f417df";

    private readonly StoreRig _rig = new();
    private readonly ClaudeStore _store;

    public ClaudeStoreTests() => _store = new ClaudeStore(_rig.Home);

    [Theory]
    [InlineData("claude-2.1.329", Newer, "2.1.329")]
    [InlineData("claude-2.1.197", Older, "2.1.197")]
    public void A_session_says_where_it_was_what_was_asked_and_who_wrote_it(string fixture, string id, string version)
    {
        _rig.Take(fixture, ".claude");
        var listing = _store.List(StoreRig.All);
        Assert.Empty(listing.Problems);
        var session = listing.Sessions.Single(session => session.Id == id);
        Assert.Equal((StoreRig.Directory, version, 4), (session.Directory, session.Version, session.Messages));
        Assert.Equal(("Say what readme.txt holds", "Say what readme.txt holds", "Say what readme.txt holds"), (session.Title, session.FirstPrompt, session.LastPrompt));
        Assert.Equal(new DateTimeOffset(2026, 11, 21, 10, 21, 0, TimeSpan.Zero), session.CreatedAt!.Value, TimeSpan.FromMinutes(1));
        Assert.Null(session.Running);
    }

    [Theory]
    [InlineData("claude-2.1.329", Newer)]
    [InlineData("claude-2.1.197", Older)]
    public void The_transcript_has_prompt_thought_tool_result_and_answer(string fixture, string id)
    {
        _rig.Take(fixture, ".claude");
        Assert.Equal(
            ["user: Say what readme.txt holds", "thinking: I look at the file", "tool Bash: cat readme.txt", "result: hello", "assistant: it says hello"],
            StoreRig.Said(_store, id));
    }

    [Fact]
    public void Sub_agents_are_no_sessions_but_parts_of_the_transcript()
    {
        _rig.Take("claude-2.1.197", ".claude");
        Assert.Equal([Delegating, Older], _store.List(StoreRig.All).Sessions.Select(session => session.Id).Order());
        var said = StoreRig.Said(_store, Delegating);
        Assert.Equal("user: Delegate", said[0]);
        Assert.Contains("[general-purpose: count files] user: count them", said);
        Assert.True(
            Array.IndexOf(said, "[general-purpose: count files] assistant: STUB-DONE after 0 tool results") < Array.FindIndex(said, line => line.StartsWith("result", StringComparison.Ordinal)),
            "what the sub-agent said comes before what it brought");
    }

    [Fact]
    public void The_directory_is_what_the_content_says_whatever_the_folder_is_called()
    {
        _rig.Write(".claude/projects/-a-b-c/x.jsonl", Prompt("hello", cwd: "/a/b.c"));
        var session = Assert.Single(_store.List(new StoreQuery("/a", 10)).Sessions);
        Assert.Equal("/a/b.c", session.Directory);
        Assert.Empty(_store.List(new StoreQuery("/a/b", 10)).Sessions);
    }

    [Fact]
    public void A_title_that_the_person_gave_is_the_title()
    {
        _rig.Write(".claude/projects/p/x.jsonl", Prompt("hello"), """{"type":"custom-title","customTitle":"my work"}""", Prompt("and now\nthis"));
        var session = Assert.Single(_store.List(StoreRig.All).Sessions);
        Assert.Equal(("my work", "hello", "and now this"), (session.Title, session.FirstPrompt, session.LastPrompt));
    }

    [Fact]
    public void What_claude_writes_in_the_persons_name_is_no_prompt()
    {
        _rig.Write(
            ".claude/projects/p/x.jsonl",
            Prompt("<command-name>/clear</command-name>"), Prompt("[Request interrupted by user]"), Prompt("hello"), Prompt("Caveat: The messages below were …"));
        var session = Assert.Single(_store.List(StoreRig.All).Sessions);
        Assert.Equal(("hello", "hello", 1), (session.FirstPrompt, session.LastPrompt, session.Messages));
        Assert.Contains("system: [Request interrupted by user]", StoreRig.Said(_store, "x"));
    }

    [Fact]
    public void A_session_runs_while_the_process_that_it_names_is_the_one_that_began_then()
    {
        var own = ProcessIdentity.Of(Environment.ProcessId);
        _rig.Write(".claude/projects/p/x.jsonl", Prompt("hello"));
        _rig.Write(".claude/projects/p/y.jsonl", Prompt("hello"));
        Register("x", own.ProcessId, own.StartTime, "busy");
        Register("y", own.ProcessId, own.StartTime + 1, "busy");
        var sessions = _store.List(StoreRig.All).Sessions.ToDictionary(session => session.Id);
        Assert.Equal(new RunningSign(own.ProcessId, $"pid {own.ProcessId} (~/.claude/sessions/x.json: busy)"), sessions["x"].Running);
        Assert.Null(sessions["y"].Running);
    }

    [Fact]
    public void An_id_or_its_beginning_finds_the_session()
    {
        _rig.Take("claude-2.1.329", ".claude");
        _rig.Take("claude-2.1.197", ".claude");
        Assert.Equal(Newer, Assert.Single(_store.Find("61c5").Sessions).Id);
        Assert.Equal(Newer, Assert.Single(_store.Find(Newer).Sessions).Id);
        Assert.Empty(_store.Find("ffff").Sessions);
    }

    [Fact]
    public void Without_a_home_there_is_nothing_and_nothing_is_wrong()
    {
        var listing = _store.List(StoreRig.All);
        Assert.Empty(listing.Sessions);
        Assert.Empty(listing.Problems);
    }

    [Fact]
    public void CLAUDE_CONFIG_DIR_moves_it()
    {
        _rig.Write("elsewhere/projects/p/x.jsonl", Prompt("hello"));
        var home = StoreHome.Of(name => name switch { "HOME" => _rig.Path, "CLAUDE_CONFIG_DIR" => "~/elsewhere", _ => null });
        Assert.Single(new ClaudeStore(home).List(StoreRig.All).Sessions);
    }

    public void Dispose() => _rig.Dispose();

    private static string Prompt(string text, string cwd = StoreRig.Directory) => new JsonObject
    {
        ["type"] = "user",
        ["cwd"] = cwd,
        ["timestamp"] = "2026-11-21T10:00:00Z",
        ["message"] = new JsonObject { ["role"] = "user", ["content"] = text },
    }.ToJsonString();

    private void Register(string session, int process, long start, string status) => _rig.Write(
        $".claude/sessions/{session}.json",
        new JsonObject { ["pid"] = process, ["sessionId"] = session, ["procStart"] = $"{start}", ["status"] = status }.ToJsonString());
}
