using Tether.Daemon.Agents.Pi;
using Tether.Daemon.Agents.Stores;
using Xunit;

namespace Tether.Daemon.Tests.Agents.Stores;

public sealed class PiStoreTests : IDisposable
{
    private const string Reading = "01a1fd9f-fe42-701b-b5da-06d4587bc176";

    private readonly StoreRig _rig = new();
    private readonly PiStore _store;

    public PiStoreTests() => _store = new PiStore(_rig.Home);

    [Fact]
    public void A_session_says_where_it_was_and_what_was_said()
    {
        _rig.Take("pi-0.73", ".pi/agent");
        var session = Assert.Single(_store.List(StoreRig.All).Sessions);
        Assert.Equal((Reading, "Say what readme.txt holds", 3), (session.Id, session.Title, session.Messages));
        Assert.Equal(
            [
                "system: model: stub/stub-model", "system: thinking: off", "user: Say what readme.txt holds", "tool bash: cat readme.txt", "result: hello",
                "assistant: it says hello",
            ],
            StoreRig.Said(_store, Reading));
    }

    [Fact]
    public void The_transcript_follows_the_branch_that_is_current()
    {
        var path = _rig.Write(".pi/agent/sessions/p/t_x.jsonl", Head, Said("a", null, "user", "one"), Said("b", "a", "assistant", "first answer"), Said("c", "b", "user", "two"));
        var transcript = _store.OpenTranscript(_store.Find("x").Sessions[0]);
        transcript.Refresh();
        Assert.Equal(["user: one", "assistant: first answer", "user: two"], StoreRig.Said(transcript));

        StoreRig.Append(path, Said("d", "a", "assistant", "second answer"));
        transcript.Refresh();
        Assert.Equal(["user: one", "assistant: second answer"], StoreRig.Said(transcript));

        StoreRig.Append(path, Said("e", "c", "assistant", "back on the first"));
        transcript.Refresh();
        Assert.Equal(["user: one", "assistant: first answer", "user: two", "assistant: back on the first"], StoreRig.Said(transcript));
    }

    [Fact]
    public void Records_that_are_their_own_ancestors_end_nowhere_but_end()
    {
        _rig.Write(".pi/agent/sessions/p/t_x.jsonl", Head, Said("a", "a", "user", "one"), Said("b", "a", "assistant", "two"), Said("a", "b", "user", "three"));
        Assert.NotEmpty(StoreRig.Said(_store, "x"));
    }

    [Fact]
    public void The_name_that_the_person_gave_is_the_title()
    {
        _rig.Write(".pi/agent/sessions/p/t_x.jsonl", Head, Said("a", null, "user", "one"), """{"type":"session_info","id":"i","parentId":"a","name":"my work"}""");
        Assert.Equal("my work", Assert.Single(_store.List(StoreRig.All).Sessions).Title);
    }

    [Fact]
    public void An_aborted_turn_says_so()
    {
        _rig.Write(
            ".pi/agent/sessions/p/t_x.jsonl", Head, """{"type":"message","id":"a","parentId":null,"message":{"role":"assistant","content":[{"type":"text","text":"I"}],"stopReason":"aborted"}}""");
        Assert.Equal(["assistant: I", "system: the turn was aborted"], StoreRig.Said(_store, "x"));
    }

    [Fact]
    public void PI_CODING_AGENT_DIR_moves_it()
    {
        _rig.Write("elsewhere/sessions/p/t_x.jsonl", Head, Said("a", null, "user", "one"));
        var home = StoreHome.Of(name => name switch { "HOME" => _rig.Path, "PI_CODING_AGENT_DIR" => Path.Combine(_rig.Path, "elsewhere"), _ => null });
        Assert.Single(new PiStore(home).List(StoreRig.All).Sessions);
    }

    public void Dispose() => _rig.Dispose();

    private const string Head = """{"type":"session","version":3,"id":"x","timestamp":"2026-11-21T10:00:00Z","cwd":"/home/ada/api"}""";

    private static string Said(string id, string? parent, string role, string text) =>
        $$$"""{"type":"message","id":"{{{id}}}","parentId":{{{(parent is null ? "null" : $"\"{parent}\"")}}},"timestamp":"2026-11-21T10:00:00Z","message":{"role":"{{{role}}}","content":[{"type":"text","text":"{{{text}}}"}]}}""";
}
