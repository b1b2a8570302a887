using Microsoft.Data.Sqlite;
using Tether.Daemon.Agents.Codex;
using Tether.Daemon.Agents.Stores;
using Tether.Daemon.Native;
using Tether.Daemon.Storage;
using Xunit;

namespace Tether.Daemon.Tests.Agents.Stores;

public sealed class CodexStoreTests : IDisposable
{
    private const string Reading = "01a1fd9f-e554-7e31-8ed1-a04b18bc787b", Patching = "01a1fda3-c769-7bd1-9dd1-d6c177098915";

    private readonly StoreRig _rig = new();
    private readonly CodexStore _store;

    public CodexStoreTests()
    {
        _store = new CodexStore(_rig.Home);
        _rig.Take("codex-0.169", ".codex");
    }

    [Fact]
    public void A_thread_says_where_it_was_what_was_asked_and_who_wrote_it()
    {
        var listing = _store.List(StoreRig.All);
        Assert.Empty(listing.Problems);
        Assert.Equal([Reading, Patching], listing.Sessions.Select(session => session.Id).Order());
        var session = listing.Sessions.Single(session => session.Id == Reading);
        Assert.Equal((StoreRig.Directory, "0.169.0", 2), (session.Directory, session.Version, session.Messages));
        Assert.Equal("Say what readme.txt holds", session.Title);
    }

    [Fact]
    public void The_transcript_has_prompt_thought_tool_result_and_answer() => Assert.Equal(
        ["user: Say what readme.txt holds", "thinking: I look at the file", "tool exec_command: cat readme.txt", "result: hello", "assistant: it says hello"],
        StoreRig.Said(_store, Reading));

    [Fact]
    public void Patches_are_shown_as_they_are_and_failures_as_failures() => Assert.Equal(
        [
            "user: Patch",
            "tool apply_patch: *** Begin Patch\n*** Add File: new.txt\n+one\n*** End Patch",
            "result: Success. Updated the following files:\nA new.txt",
            "tool exec_command: cat missing.txt",
            "result (error): cat: missing.txt: No such file or directory",
            "assistant: done",
        ],
        StoreRig.Said(_store, Patching));

    [Fact]
    public void Titles_come_from_the_newest_state_database()
    {
        CreateDatabase("state_4.sqlite", ("title", "old"));
        CreateDatabase("state_10.sqlite", ("title", "first words"), ("name", "my work"));
        Assert.Equal("my work", Session(Reading).Title);
    }

    [Fact]
    public void A_database_of_before_names_were_there_gives_its_titles()
    {
        CreateDatabase("state_5.sqlite", ("title", "older title"));
        Assert.Equal("older title", Session(Reading).Title);
    }

    [Fact]
    public void A_database_that_is_none_is_a_problem_and_the_threads_are_there()
    {
        _rig.Write(".codex/state_5.sqlite", "this is no database, and longer than the hundred bytes that a database's head has at the very least, so that it is read");
        var listing = _store.List(StoreRig.All);
        Assert.Contains("state_5.sqlite", Assert.Single(listing.Problems), StringComparison.Ordinal);
        Assert.Equal(2, listing.Sessions.Count);
    }

    [Fact]
    public void A_locked_database_is_a_problem_until_it_is_free()
    {
        CreateDatabase("state_5.sqlite", ("title", "title"));
        using (var other = Connect("state_5.sqlite"))
        {
            Execute(other, "PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE; UPDATE threads SET title = 'another'");
            File.WriteAllText(Path.Combine(_rig.Home.Codex, "state_5.sqlite-wal"), "");
            Assert.Single(_store.List(StoreRig.All).Problems);
            Execute(other, "ROLLBACK");
        }

        File.Delete(Path.Combine(_rig.Home.Codex, "state_5.sqlite-wal"));
        Assert.Equal("title", Session(Reading).Title);
    }

    [Fact]
    public void A_thread_runs_while_somebody_holds_its_lock_and_not_because_the_file_is_there()
    {
        var path = _rig.Write($".codex/thread-writer-locks/{Reading}.lock");
        Assert.Null(Session(Reading).Running);
        using (var held = File.OpenHandle(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite))
        {
            Assert.Equal(0, Libc.flock((int)held.DangerousGetHandle(), Libc.LOCK_EX | Libc.LOCK_NB));
            Assert.Equal(new RunningSign(Environment.ProcessId, $"pid {Environment.ProcessId} (holds ~/.codex/thread-writer-locks/{Reading}.lock)"), Session(Reading).Running);
        }

        Assert.Null(Session(Reading).Running);
    }

    [Fact]
    public void A_sub_agents_thread_is_part_of_its_parents_transcript_and_no_session_of_its_own()
    {
        var child = "01a1fda4-0000-7bd1-9dd1-000000000001";
        _rig.Write(
            $".codex/sessions/2026/11/21/rollout-2026-11-21T10-26-00-{child}.jsonl",
            $$"""{"timestamp":"2026-11-21T10:26:00Z","type":"session_meta","payload":{"id":"{{child}}","cwd":"/home/ada/api","source":{"subagent":{"thread_spawn":{"parent_thread_id":"{{Patching}}","depth":1} } } } }""",
            """{"timestamp":"2026-11-21T10:26:01Z","type":"response_item","payload":{"type":"message","role":"user","content":[{"type":"input_text","text":"count"}]}}""",
            """{"timestamp":"2026-11-21T10:26:02Z","type":"response_item","payload":{"type":"message","role":"assistant","content":[{"type":"output_text","text":"two"}]}}""");
        Assert.DoesNotContain(_store.List(StoreRig.All).Sessions, session => session.Id == child);
        Assert.Equal(["[count] user: count", "[count] assistant: two"], StoreRig.Said(_store, Patching)[^2..]);
        Assert.Equal(Patching, Assert.Single(_store.Find(child).Sessions).Parent);
    }

    public void Dispose() => _rig.Dispose();

    private KeptSession Session(string id) => _store.List(StoreRig.All).Sessions.Single(session => session.Id == id);

    private void CreateDatabase(string name, params (string Column, string Value)[] columns)
    {
        using var connection = Connect(name);
        Execute(
            connection,
            $"CREATE TABLE threads (id TEXT PRIMARY KEY, updated_at INTEGER, {string.Join(',', columns.Select(column => column.Column))}); "
            + $"INSERT INTO threads VALUES ('{Reading}', 1, {string.Join(',', columns.Select(column => $"'{column.Value}'"))})");
    }

    private SqliteConnection Connect(string name)
    {
        SqliteLibrary.Choose();
        var connection = new SqliteConnection($"Data Source={Path.Combine(_rig.Home.Codex, name)};Pooling=False");
        connection.Open();
        return connection;
    }

    private static void Execute(SqliteConnection connection, string text)
    {
        using var command = connection.CreateCommand();
        command.CommandText = text;
        command.ExecuteNonQuery();
    }
}
