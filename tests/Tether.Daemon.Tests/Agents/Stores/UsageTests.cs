using Tether.Daemon.Agents.Claude;
using Tether.Daemon.Agents.Codex;
using Tether.Daemon.Agents.Pi;
using Tether.Daemon.Agents.Stores;
using Tether.Protocol.Model;
using Xunit;

namespace Tether.Daemon.Tests.Agents.Stores;

/// <summary>What sessions used, from records as the agents write them.</summary>
public sealed class UsageTests : IDisposable
{
    private const string Id = "01a1fd9f-e554-7e31-8ed1-a04b18bc787b";

    private readonly StoreRig _rig = new();

    [Fact]
    public void Claude_tells_of_each_answer_in_several_records_of_which_the_last_counts_and_of_its_sub_agents_elsewhere()
    {
        const string Folder = ".claude/projects/-home-ada-api";
        var path = _rig.Write($"{Folder}/{Id}.jsonl", """{"type":"user","cwd":"/home/ada/api","message":{"role":"user","content":"go"}}""", Claude("msg_1", 10, 1), Claude("msg_1", 10, 7), Claude("msg_2", 20, 5));
        _rig.Write($"{Folder}/{Id}/subagents/agent-1.jsonl", Claude("msg_3", 100, 50));
        var store = new ClaudeStore(_rig.Home);
        Assert.Equal(new SessionUsage { InputTokens = 130, CacheReadTokens = 6, CacheWriteTokens = 3, OutputTokens = 62, ReasoningTokens = 9 }, Used(store));

        StoreRig.Append(path, Claude("msg_2", 20, 8));
        Assert.Equal(65, Used(store)!.OutputTokens);
    }

    [Fact]
    public void Codex_tells_sums_which_may_begin_anew_and_of_which_the_cached_part_is_input_too()
    {
        var path = _rig.Write($".codex/sessions/2026/11/21/rollout-2026-11-21T10-00-00-{Id}.jsonl", $$$"""{"type":"session_meta","payload":{"id":"{{{Id}}}","cwd":"/home/ada/api"}}""", Codex(100, 40, 10), Codex(300, 140, 30));
        var store = new CodexStore(_rig.Home);
        Assert.Equal(new SessionUsage { InputTokens = 160, CacheReadTokens = 140, OutputTokens = 30, ReasoningTokens = 2 }, Used(store));

        StoreRig.Append(path, Codex(50, 0, 5));
        Assert.Equal(new SessionUsage { InputTokens = 210, CacheReadTokens = 140, OutputTokens = 35, ReasoningTokens = 4 }, Used(store));
    }

    [Fact]
    public void Pi_tells_of_each_answer_and_what_it_cost_on_branches_that_were_left_too()
    {
        _rig.Write($".pi/agent/sessions/p/t_{Id}.jsonl", $$$"""{"type":"session","version":3,"id":"{{{Id}}}","cwd":"/home/ada/api"}""", Pi("a", "null", 0.25), Pi("b", "null", 0.5));
        Assert.Equal(new SessionUsage { InputTokens = 2400, CacheReadTokens = 2, CacheWriteTokens = 4, OutputTokens = 60, CostUsd = 0.75 }, Used(new PiStore(_rig.Home)));
    }

    [Fact]
    public void A_session_that_says_nothing_of_it_used_nothing_that_is_known()
    {
        _rig.Write($".pi/agent/sessions/p/t_{Id}.jsonl", $$$"""{"type":"session","version":3,"id":"{{{Id}}}","cwd":"/home/ada/api"}""");
        Assert.Null(Used(new PiStore(_rig.Home)));
    }

    [Fact]
    public void Numbers_that_are_none_count_nothing()
    {
        _rig.Write(
            $".pi/agent/sessions/p/t_{Id}.jsonl", $$$"""{"type":"session","version":3,"id":"{{{Id}}}","cwd":"/home/ada/api"}""",
            """{"type":"message","id":"a","parentId":null,"message":{"role":"assistant","usage":{"input":"many","output":-5,"cacheRead":1e300,"cost":{"total":"free"}}}}""");
        Assert.Equal(new SessionUsage(), Used(new PiStore(_rig.Home)));
    }

    [Fact]
    public void Of_a_file_that_grew_only_what_is_new_is_read_and_one_that_was_written_anew_is_counted_anew()
    {
        var path = _rig.Write("x.jsonl", Pi("a", "null", 1));
        var counts = new UsageCounts(new PiRecords());
        Assert.Equal(30, counts.Of(path)!.OutputTokens);
        var first = counts.BytesRead;
        StoreRig.Append(path, Pi("b", "\"a\"", 1));
        Assert.Equal(60, counts.Of(path)!.OutputTokens);
        Assert.Equal(new FileInfo(path).Length, counts.BytesRead);
        Assert.True(first < counts.BytesRead);

        _rig.Write("x.jsonl", Pi("a", "null", 1));
        Assert.Equal(30, counts.Of(path)!.OutputTokens);
        File.Delete(path);
        Assert.Null(counts.Of(path));
    }

    public void Dispose() => _rig.Dispose();

    private static SessionUsage? Used(IAgentStore store) => store.Usage(store.Find(Id).Sessions[0]);

    private static string Claude(string message, int input, int output) =>
        $$$$$$"""{"type":"assistant","message":{"id":"{{{{{{message}}}}}}","role":"assistant","content":[],"usage":{"input_tokens":{{{{{{input}}}}}},"cache_creation_input_tokens":1,"cache_read_input_tokens":2,"output_tokens":{{{{{{output}}}}}},"output_tokens_details":{"thinking_tokens":3}}}}""";

    private static string Codex(int input, int cached, int output) =>
        $$$$$$"""{"timestamp":"2026-11-21T10:00:00Z","type":"event_msg","payload":{"type":"token_count","info":{"total_token_usage":{"input_tokens":{{{{{{input}}}}}},"cached_input_tokens":{{{{{{cached}}}}}},"output_tokens":{{{{{{output}}}}}},"reasoning_output_tokens":2}}}}""";

    private static string Pi(string id, string parent, double cost) => FormattableString.Invariant(
        $$$$$$"""{"type":"message","id":"{{{{{{id}}}}}}","parentId":{{{{{{parent}}}}}},"message":{"role":"assistant","content":[],"usage":{"input":1200,"output":30,"cacheRead":1,"cacheWrite":2,"cost":{"total":{{{{{{cost}}}}}}}}}}""");
}
