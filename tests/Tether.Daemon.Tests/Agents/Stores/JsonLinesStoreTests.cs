using System.Text;
using Tether.Daemon.Agents.Claude;
using Tether.Daemon.Agents.Stores;
using Xunit;

namespace Tether.Daemon.Tests.Agents.Stores;

/// <summary>Files as they are found: growing, cut, huge, broken.</summary>
public sealed class JsonLinesStoreTests : IDisposable
{
    private readonly StoreRig _rig = new();
    private readonly ClaudeStore _store;

    public JsonLinesStoreTests() => _store = new ClaudeStore(_rig.Home);

    [Fact]
    public void A_second_list_reads_nothing_and_a_third_only_what_grew()
    {
        var path = _rig.Write(".claude/projects/p/x.jsonl", Prompt("one"), Answer("1"));
        _rig.Write(".claude/projects/p/y.jsonl", Prompt("other"));
        _store.List(StoreRig.All);
        var read = _store.BytesRead;
        _store.List(StoreRig.All);
        Assert.Equal(read, _store.BytesRead);

        var more = Prompt("two");
        StoreRig.Append(path, more);
        var session = _store.List(StoreRig.All).Sessions.Single(session => session.Id == "x");
        Assert.Equal(("one", "two", 3), (session.FirstPrompt, session.LastPrompt, session.Messages));
        Assert.Equal(read + more.Length + 1, _store.BytesRead);
    }

    [Fact]
    public void Half_a_last_line_counts_when_it_is_whole()
    {
        var path = _rig.Write(".claude/projects/p/x.jsonl", Prompt("one"));
        var line = Prompt("two");
        File.AppendAllText(path, line[..20]);
        var listing = _store.List(StoreRig.All);
        Assert.Equal("one", Assert.Single(listing.Sessions).LastPrompt);
        Assert.Empty(listing.Problems);
        File.AppendAllText(path, line[20..] + "\n");
        Assert.Equal("two", Assert.Single(_store.List(StoreRig.All).Sessions).LastPrompt);
    }

    [Fact]
    public void A_file_that_was_cut_or_written_anew_is_read_anew()
    {
        var path = _rig.Write(".claude/projects/p/x.jsonl", Prompt("one"), Prompt("two"));
        _store.List(StoreRig.All);
        File.WriteAllText(path, Prompt("three") + "\n");
        Assert.Equal(("three", 1), First());

        // Longer than before, by another hand.
        File.WriteAllText(path, string.Concat(Enumerable.Repeat(Prompt("four") + "\n", 5)));
        Assert.Equal(("four", 5), First());

        (string, int?) First()
        {
            var session = Assert.Single(_store.List(StoreRig.All).Sessions);
            return (session.FirstPrompt, session.Messages);
        }
    }

    [Fact]
    public void A_huge_file_is_read_at_its_beginning_and_its_end_only()
    {
        var path = Path.Combine(_rig.Home.Claude, "projects/p/x.jsonl");
        _rig.Write(".claude/projects/p/x.jsonl", Prompt("the first"));
        using (var file = File.OpenWrite(path))
        {
            // Four gigabytes with a hole in the middle.
            file.Seek(4L << 30, SeekOrigin.Begin);
            file.Write(Encoding.UTF8.GetBytes("\n" + Prompt("the last") + "\n" + Answer("done") + "\n"));
        }

        var session = Assert.Single(_store.List(StoreRig.All).Sessions);
        Assert.Equal(("the first", "the last", null), (session.FirstPrompt, session.LastPrompt, session.Messages));
        Assert.InRange(_store.BytesRead, 1, 4 << 20);
    }

    [Fact]
    public void A_prompt_far_before_the_end_is_found()
    {
        var filling = Enumerable.Repeat(Answer(new string('x', 1000)), 300);
        _rig.Write(".claude/projects/p/x.jsonl", [Prompt("the first"), .. filling, Prompt("the last"), .. filling]);
        Assert.Equal("the last", Assert.Single(_store.List(StoreRig.All).Sessions).LastPrompt);
    }

    [Fact]
    public void Bytes_that_are_no_text_and_lines_that_are_no_records_harm_only_themselves()
    {
        var path = _rig.Write(".claude/projects/p/x.jsonl", Prompt("one"));
        using (var file = File.Open(path, FileMode.Append))
        {
            file.Write([0xff, 0xfe, (byte)'\n']);
            file.Write(Encoding.UTF8.GetBytes("[1,2]\n\n{\"type\":\"user\"\n" + new string('[', 2000) + "\n"));
            file.Write(Encoding.UTF8.GetBytes(Prompt("b?d")).Select(value => value == '?' ? (byte)0xe4 : value).Append((byte)'\n').ToArray());
        }

        var listing = _store.List(StoreRig.All);
        Assert.Equal("b\ufffdd", Assert.Single(listing.Sessions).LastPrompt);
        Assert.Contains("4 lines", Assert.Single(listing.Problems), StringComparison.Ordinal);
        Assert.Equal(["user: one", "user: b\ufffdd"], StoreRig.Said(_store, "x"));
    }

    [Fact]
    public void One_file_that_cannot_be_read_is_a_problem_and_the_others_are_there()
    {
        _rig.Write(".claude/projects/p/x.jsonl", Prompt("one"));
        Directory.CreateDirectory(Path.Combine(_rig.Home.Claude, "projects/p/folder.jsonl"));
        File.CreateSymbolicLink(Path.Combine(_rig.Home.Claude, "projects/p/gone.jsonl"), "/nowhere/at/all");
        File.CreateSymbolicLink(Path.Combine(_rig.Home.Claude, "projects/p/loop.jsonl"), "loop.jsonl");
        Assert.Equal("x", Assert.Single(_store.List(StoreRig.All).Sessions).Id);
    }

    [Fact]
    public void Records_that_mean_something_else_than_expected_are_passed_over()
    {
        _rig.Write(
            ".claude/projects/p/x.jsonl", Prompt("one"),
            """{"type":"user","cwd":7,"message":"text","timestamp":{}}""", """{"type":"assistant","message":{"content":{"a":1}}}""",
            """{"type":["user"],"message":null}""", """{"type":"assistant","message":{"content":[7,null,{"type":"tool_use","input":"x","name":3}]}}""");
        Assert.Equal("one", Assert.Single(_store.List(StoreRig.All).Sessions).FirstPrompt);
        Assert.Equal("user: one", StoreRig.Said(_store, "x")[0]);
    }

    [Fact]
    public void Titles_have_one_line_and_no_sequences()
    {
        _rig.Write(".claude/projects/p/x.jsonl", Prompt("a\\u001b]0;evil\\u0007b\\u001b[31mc\\nd\\u009be" + new string('y', 400)));
        var title = Assert.Single(_store.List(StoreRig.All).Sessions).Title;
        Assert.StartsWith("abc d e", title, StringComparison.Ordinal);
        Assert.True(title.Length <= StoreText.LongestLine);
        Assert.DoesNotContain(title, char.IsControl);
    }

    [Fact]
    public void Only_so_many_are_read_as_are_asked_for_newest_first()
    {
        for (var i = 0; i < 20; i++)
        {
            var path = _rig.Write($".claude/projects/p/s{i:d2}.jsonl", Prompt($"{i}"));
            File.SetLastWriteTimeUtc(path, new DateTime(2026, 1, 1, 0, i, 0, DateTimeKind.Utc));
        }

        Assert.Equal(["s19", "s18", "s17"], _store.List(new StoreQuery(null, 3)).Sessions.Select(session => session.Id));
        Assert.InRange(_store.BytesRead, 1, 4 * Prompt("19").Length);
    }

    [Fact]
    public void A_transcript_keeps_up_and_keeps_its_numbers()
    {
        var path = _rig.Write(".claude/projects/p/x.jsonl", Prompt("one"));
        var transcript = _store.OpenTranscript(_store.Find("x").Sessions[0]);
        transcript.Refresh();
        Assert.Equal(1, transcript.Count);
        StoreRig.Append(path, Answer("1"), Prompt("two"));
        transcript.Refresh();
        Assert.Equal([(1, "1"), (2, "two")], transcript.Read(1).Select(entry => (entry.Number, entry.Text)));
        Assert.Empty(transcript.Read(3));

        File.WriteAllText(path, Prompt("anew") + "\n");
        transcript.Refresh();
        Assert.Equal(["user: anew"], StoreRig.Said(transcript));

        File.Delete(path);
        transcript.Refresh();
        Assert.Equal(["system: (this cannot be read any more)"], StoreRig.Said(transcript));
    }

    [Fact]
    public void A_new_sub_agent_comes_behind_what_was_told_before()
    {
        var path = _rig.Write(".claude/projects/p/x.jsonl", Prompt("one"));
        var transcript = _store.OpenTranscript(_store.Find("x").Sessions[0]);
        transcript.Refresh();
        _rig.Write(".claude/projects/p/x/subagents/agent-7.jsonl", Answer("from below"));
        StoreRig.Append(path, Answer("from above"));
        transcript.Refresh();
        Assert.Equal("user: one", StoreRig.Said(transcript)[0]);
        Assert.Equal(["[7] assistant: from below", "assistant: from above"], StoreRig.Said(transcript, 1).Order());
    }

    public void Dispose() => _rig.Dispose();

    // The text is put into JSON as it is.
    private static string Prompt(string text) =>
        $$$"""{"type":"user","cwd":"/home/ada/api","timestamp":"2026-11-21T10:00:00Z","message":{"role":"user","content":"{{{text}}}"}}""";

    private static string Answer(string text) =>
        $$$"""{"type":"assistant","timestamp":"2026-11-21T10:00:00Z","message":{"role":"assistant","content":[{"type":"text","text":"{{{text}}}"}]}}""";
}
