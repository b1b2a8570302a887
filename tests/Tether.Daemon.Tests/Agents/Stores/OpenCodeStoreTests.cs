using Microsoft.Data.Sqlite;
using Tether.Daemon.Agents.OpenCode;
using Tether.Daemon.Agents.Stores;
using Tether.Daemon.Storage;
using Tether.Protocol.Model;
using Xunit;

namespace Tether.Daemon.Tests.Agents.Stores;

public sealed class OpenCodeStoreTests : IDisposable
{
    // As OpenCode 1.18 has them, without what is not read.
    private const string Schema = """
        CREATE TABLE session (id text PRIMARY KEY, parent_id text, directory text NOT NULL, title text NOT NULL, version text NOT NULL,
            time_created integer NOT NULL, time_updated integer NOT NULL);
        CREATE TABLE message (id text PRIMARY KEY, session_id text NOT NULL, time_created integer NOT NULL, time_updated integer NOT NULL, data text NOT NULL);
        CREATE TABLE part (id text PRIMARY KEY, message_id text NOT NULL, session_id text NOT NULL, time_created integer NOT NULL, time_updated integer NOT NULL,
            data text NOT NULL);
        """;

    private readonly StoreRig _rig = new();
    private readonly OpenCodeStore _store;
    private readonly SqliteConnection _database;

    public OpenCodeStoreTests()
    {
        _store = new OpenCodeStore(_rig.Home);
        Directory.CreateDirectory(_rig.Home.OpenCode);
        SqliteLibrary.Choose();
        _database = new SqliteConnection($"Data Source={Path.Combine(_rig.Home.OpenCode, "opencode.db")};Pooling=False");
        _database.Open();
        Do("PRAGMA journal_mode = WAL");
        Do(Schema);
    }

    [Fact]
    public void A_session_says_where_it_was_and_what_was_said_while_its_writer_has_it_open()
    {
        Conversation();
        var listing = _store.List(StoreRig.All);
        Assert.Empty(listing.Problems);
        var session = Assert.Single(listing.Sessions);
        Assert.Equal(("ses_1", "/home/ada/api", "reading", "1.18.33", 2), (session.Id, session.Directory, session.Title, session.Version, session.Messages));
        Assert.Equal(("what is in it", "what is in it"), (session.FirstPrompt, session.LastPrompt));
        Assert.Equal(
            ["user: what is in it", "thinking: I look", "tool bash: cat readme.txt", "result: hello", "assistant: it says hello"], StoreRig.Said(_store, "ses_1"));
    }

    [Fact]
    public void After_its_writer_is_gone_nothing_is_put_beside_the_database()
    {
        Conversation();
        _database.Dispose();
        var before = Directory.GetFiles(_rig.Home.OpenCode);
        Assert.Single(before);
        Assert.Equal(5, StoreRig.Said(_store, "ses_1").Length);
        Assert.Equal(before, Directory.GetFiles(_rig.Home.OpenCode));
    }

    [Fact]
    public void Prompts_are_read_again_only_of_sessions_that_have_changed()
    {
        Conversation();
        Session("ses_2", "other", 5);
        _store.List(StoreRig.All);
        _store.List(StoreRig.All);
        Assert.Equal(2, _store.SessionsRead);
        Message("msg_9", "ses_1", 90, """{"role":"user","time":{"created":90}}""");
        Part("prt_9", "msg_9", "ses_1", 90, """{"type":"text","text":"and now?"}""");
        Do("UPDATE session SET time_updated = 99 WHERE id = 'ses_1'");
        Assert.Equal("and now?", _store.List(StoreRig.All).Sessions[0].LastPrompt);
        Assert.Equal(3, _store.SessionsRead);
    }

    [Fact]
    public void What_is_said_later_comes_later_and_a_tool_brings_its_result_when_it_has_one()
    {
        Session("ses_1", "t", 1);
        Message("msg_1", "ses_1", 1, """{"role":"assistant","time":{"created":1}}""");
        Part("prt_1", "msg_1", "ses_1", 1, """{"type":"tool","tool":"bash","state":{"status":"running","input":{"command":"make"}}}""");
        Part("prt_2", "msg_1", "ses_1", 2, """{"type":"text","text":"half a sen"}""");
        var transcript = _store.OpenTranscript(_store.Find("ses_1").Sessions[0]);
        transcript.Refresh();
        Assert.Equal(["tool bash: make"], StoreRig.Said(transcript));

        Do("""UPDATE part SET time_updated = 20, data = '{"type":"text","text":"half a sentence","time":{"start":1,"end":2}}' WHERE id = 'prt_2'""");
        transcript.Refresh();
        Do("""UPDATE part SET time_updated = 21, data = '{"type":"tool","tool":"bash","state":{"status":"error","input":{"command":"make"},"error":"no"}}' WHERE id = 'prt_1'""");
        transcript.Refresh();
        transcript.Refresh();
        Assert.Equal(["tool bash: make", "assistant: half a sentence", "result (error): no"], StoreRig.Said(transcript));
        Assert.Equal([0, 1, 2], transcript.Read(0).Select(entry => entry.Number));
    }

    [Fact]
    public void Sub_agents_are_no_sessions_but_parts_of_the_transcript()
    {
        Conversation();
        Do("INSERT INTO session VALUES ('ses_3', 'ses_1', '/home/ada/api', 'count files', '1.18.33', 70, 70)");
        Message("msg_7", "ses_3", 70, """{"role":"assistant","time":{"created":70,"completed":71}}""");
        Part("prt_7", "msg_7", "ses_3", 70, """{"type":"text","text":"two"}""");
        Assert.Single(_store.List(StoreRig.All).Sessions);
        Assert.Equal("[count files] assistant: two", StoreRig.Said(_store, "ses_1")[^1]);
    }

    [Fact]
    public void A_row_that_is_no_JSON_is_left_out()
    {
        Conversation();
        Part("prt_8", "msg_1", "ses_1", 80, "{broken");
        Assert.Equal("what is in it", Assert.Single(_store.List(StoreRig.All).Sessions).FirstPrompt);
        Assert.Equal(5, StoreRig.Said(_store, "ses_1").Length);
    }

    [Fact]
    public void A_database_of_another_shape_is_a_problem()
    {
        Do("DROP TABLE session");
        var listing = _store.List(StoreRig.All);
        Assert.Empty(listing.Sessions);
        Assert.Contains("opencode.db", Assert.Single(listing.Problems), StringComparison.Ordinal);
    }

    [Fact]
    public void A_title_that_OpenCode_made_up_gives_way_to_the_first_prompt()
    {
        Conversation();
        Do("UPDATE session SET title = 'New session - 2026-11-21T10:24:18.335Z', time_updated = 100");
        Assert.Equal("what is in it", Assert.Single(_store.List(StoreRig.All).Sessions).Title);
    }

    public void Dispose()
    {
        _database.Dispose();
        _rig.Dispose();
    }

    [Fact]
    public void What_a_session_and_its_sub_agents_used_is_added_up()
    {
        Session("ses_1", "t", 1);
        Message("msg_1", "ses_1", 1, """{"role":"user"}""");
        Assert.Null(_store.Usage(_store.Find("ses_1").Sessions[0]));

        Message("msg_2", "ses_1", 2, """{"role":"assistant","cost":0.5,"tokens":{"input":100,"output":10,"reasoning":4,"cache":{"read":7,"write":3}}}""");
        Message("msg_3", "ses_1", 3, """{"role":"assistant"}""");
        Session("ses_2", "sub", 4);
        Do("UPDATE session SET parent_id = 'ses_1' WHERE id = 'ses_2'");
        Message("msg_4", "ses_2", 5, """{"role":"assistant","cost":0.25,"tokens":{"input":1,"output":2,"reasoning":0,"cache":{"read":0,"write":0}}}""");
        Assert.Equal(
            new SessionUsage { InputTokens = 101, CacheReadTokens = 7, CacheWriteTokens = 3, OutputTokens = 12, ReasoningTokens = 4, CostUsd = 0.75 }, _store.Usage(_store.Find("ses_1").Sessions[0]));
    }

    private void Conversation()
    {
        Session("ses_1", "reading", 10);
        Message("msg_1", "ses_1", 10, """{"role":"user","time":{"created":10}}""");
        Part("prt_1", "msg_1", "ses_1", 10, """{"type":"text","text":"what is in it"}""");
        Part("prt_1b", "msg_1", "ses_1", 10, """{"type":"text","text":"a reminder","synthetic":true}""");
        Message("msg_2", "ses_1", 20, """{"role":"assistant","time":{"created":20,"completed":60}}""");
        Part("prt_2", "msg_2", "ses_1", 20, """{"type":"step-start"}""");
        Part("prt_3", "msg_2", "ses_1", 30, """{"type":"reasoning","text":"I look","time":{"start":1,"end":2}}""");
        Part("prt_4", "msg_2", "ses_1", 40, """{"type":"tool","tool":"bash","state":{"status":"completed","input":{"command":"cat readme.txt"},"output":"hello\n","metadata":{"exit":0}}}""");
        Part("prt_5", "msg_2", "ses_1", 50, """{"type":"text","text":"it says hello"}""");
    }

    private void Session(string id, string title, int at) => Do($"INSERT INTO session VALUES ('{id}', NULL, '/home/ada/api', '{title}', '1.18.33', {at}, {at})");

    private void Message(string id, string session, int at, string data) => Do($"INSERT INTO message VALUES ('{id}', '{session}', {at}, {at}, '{data}')");

    private void Part(string id, string message, string session, int at, string data) => Do($"INSERT INTO part VALUES ('{id}', '{message}', '{session}', {at}, {at}, '{data}')");

    private void Do(string text)
    {
        using var command = _database.CreateCommand();
        command.CommandText = text;
        command.ExecuteNonQuery();
    }
}
