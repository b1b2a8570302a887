using System.Text.Json;
using System.Text.Json.Nodes;
using Tether.Protocol.Model;
using Tether.Protocol.Wire;
using Tether.Protocol.Wire.Hot;
using Xunit;

namespace Tether.Protocol.Tests.Wire.Hot;

/// <summary>The hand-written JSON is held to the serialiser's: what one writes, the other reads as the same message.</summary>
public sealed class HotJsonTests
{
    private static readonly SessionRecord Session = new()
    {
        Id = "abcd2345", Title = "a \"title\" \\ ü 😀", ProgramTitle = "x", Provider = "shell", Arguments = ["-l", ""], Directory = "/tmp",
        WorkingDirectory = "/tmp/x", State = SessionState.Exited, ProcessId = 7, Columns = 80, Rows = 24,
        CreatedAt = DateTimeOffset.UnixEpoch.AddDays(20000), LastOutputAt = DateTimeOffset.UnixEpoch.AddDays(20001), EndedAt = DateTimeOffset.UnixEpoch.AddDays(20002),
        ExitCode = 3, Signal = 9, EndReason = "because", Offset = 1L << 40, Controller = "me", Viewers = 2, HasJournalHole = true, LastLine = "last",
        Tags = ["work", "ü"], Progress = "1 40", BellAt = DateTimeOffset.UnixEpoch.AddDays(20003),
        OutputRow = 1L << 33, AgentSession = "0b1e", Approval = ApprovalMode.AcceptEdits, HasDraft = true, WaitingSends = 4,
        Status = new AgentStatus
        {
            State = AgentState.LimitReached, Since = new DateTimeOffset(2026, 11, 20, 22, 48, 20, TimeSpan.FromMinutes(-330)).AddTicks(1234500), Source = SignalSource.ProgramStatus,
            Rule = "x.y", Detail = "a\tdetail", Until = DateTimeOffset.UnixEpoch.AddDays(20005).AddMilliseconds(70),
        },
        External = new ExternalAgent { Name = "an \"agent\" 🤖", Type = "custom", Icon = "🤖", Workspace = "ü" },
    };

    private static readonly SessionEventNotice Event =
        new() { Session = "abcd2345", Kind = "notification", At = DateTimeOffset.UnixEpoch.AddDays(20004).AddTicks(1234567), Text = "a \"text\" ü" };

    public static TheoryData<Message> Requests =>
    [
        new HelloRequest { Id = 1, Versions = [1, 2], Client = "me@here \t\u0001 \"x\"" },
        new ListRequest { Id = 2, All = true },
        new QueueRequest { Id = 3 },
        new QueueRequest { Id = 3, Session = "abcd2345", All = true },
        new CreateRequest { Id = 3, Provider = "p", Arguments = ["a", "", "\n\\\"é😀"], Directory = "/d", Environment = ["A=1", "B=\e[m"], Title = null, Columns = 1, Rows = 2 },
        new CreateRequest { Id = 3, Provider = "p", Title = "t", FileLimit = 4, Umask = 18, Approval = ApprovalMode.Bypass, Colors = [1, 2, 3, 4, 5] },
        new CreateRequest { Id = 3, Provider = "p" },
        new AttachRequest { Id = 4, Session = "s", Mode = AttachMode.Observe, Take = true, Columns = 3, Rows = 4, Scrollback = 5, Pace = 100, Replica = true, Lend = true, Chord = 29, Termios = [1, 2, 255], Alerts = "osc99-tmux" },
        new AttachRequest { Id = 4, Session = "s" },
        new DetachRequest { Id = 5, Channel = 6 },
        new RedrawRequest { Id = 5, Channel = 6, Scrollback = 7 },
        new ResizeRequest { Id = 7, Channel = 8, Columns = 9, Rows = 10 },
        new ColorsRequest { Id = 9, Channel = 10, Colors = [0, 0xffffff, 1] },
        new ColorsRequest { Id = 9, Channel = 10 },
        new PaceRequest { Id = 9, Channel = 10, Milliseconds = -1 },
        new TakeControlRequest { Id = 9, Channel = 10 },
        new ReleaseControlRequest { Id = 9, Channel = 10 },
        new SubscribeRequest { Id = 10 },
        new SubscribeRequest { Id = 10, Session = "s" },
        new SubscribeRequest { Id = 10, Alerts = true },
        new EventsRequest { Id = 10 },
        new EventsRequest { Id = 10, Session = "s", Since = DateTimeOffset.UnixEpoch.AddDays(20000).AddTicks(1), Limit = 7 },
        new EventsRequest { Id = 10, Since = new DateTimeOffset(2026, 11, 20, 22, 48, 20, TimeSpan.FromMinutes(-330)) },
        new ResumeRequest { Id = 11, Channel = 12, Input = [29], Redraw = true },
        new StopRequest { Id = 13, Session = "s", Force = true },
        new HookRequest { Id = 15, Session = "s", Secret = "x", Agent = "claude", Key = "k", Payload = "{\"a\":\"ü\\n\"}" },
    ];

    public static TheoryData<Message> Replies =>
    [
        new OkReply { Re = 1 },
        new WelcomeReply { Re = 2, Version = 1, Daemon = "0.1", ProcessId = 3, Host = "h" },
        new ErrorReply { Re = 3, Code = "c", Message = "m\n\"" },
        new HookReply { Re = 3 },
        new HookReply { Re = 3, Output = "{\"a\":\"ü\\n\"}" },
        new SessionReply { Re = 4, Session = Session },
        new SessionsReply { Re = 5, Sessions = [Session, Session with { State = SessionState.Lost, Arguments = [], EndedAt = null, ExitCode = null, Signal = null, Status = null, External = null }] },
        new SessionsReply { Re = 5, Sessions = [] },
        new AttachedReply { Re = 6, Channel = 7, Mode = AttachMode.Observe, Lent = true, Session = Session },
        new EventsReply { Re = 6, Events = [] },
        new QueueReply { Re = 7, Items = [] },
        new EventsReply { Re = 6, Events = [Event, Event with { Kind = "bell", Text = "" }] },
        Event,
        new ExitedNotice { Channel = 8, Session = Session with { Signal = 9 } },
        new ChordNotice { Channel = 9 },
        new ChordNotice { Channel = 9, Rest = [1, 255, 0] },
        new ColorsAnsweredNotice { Channel = 9, Colors = [0, 0xffffff, 1] },
        new ColorsAnsweredNotice { Channel = 9 },
        new ControlNotice { Channel = 10, Mode = AttachMode.Observe, Cause = "taken", By = "me" },
        new ControlNotice { Channel = 10, Mode = AttachMode.Control, Cause = "promoted" },
        new TextNotice { Channel = 10, Text = "the disk is full" },
        new ResizedNotice { Channel = 11, Columns = 1, Rows = 2, Offset = 1L << 40, By = "me" },
    ];

    [Theory]
    [MemberData(nameof(Requests))]
    [MemberData(nameof(Replies))]
    public void The_serialiser_reads_what_is_written_by_hand(Message message) =>
        Assert.Equal(Text(message), Text(WireJson.Decode(HotEncoder.Encode(message))));

    [Theory]
    [MemberData(nameof(Requests))]
    [MemberData(nameof(Replies))]
    public void What_the_serialiser_writes_is_read_by_hand(Message message)
    {
        var read = HotDecoder.TryDecode(WireJson.Encode(message));
        Assert.NotNull(read);
        Assert.Equal(Text(message), Text(read));
    }

    [Theory]
    [MemberData(nameof(Requests))]
    [MemberData(nameof(Replies))]
    public void What_is_written_by_hand_is_read_by_hand(Message message) =>
        Assert.Equal(Text(message), Text(HotDecoder.TryDecode(HotEncoder.Encode(message))!));

    [Theory]
    [MemberData(nameof(Requests))]
    [MemberData(nameof(Replies))]
    public void Both_write_the_same_members(Message message) =>
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(WireJson.Encode(message)), JsonNode.Parse(HotEncoder.Encode(message))));

    [Fact]
    public void The_session_here_has_every_member_there_is()
    {
        foreach (var member in typeof(SessionRecord).GetProperties())
        {
            Assert.NotNull(member.GetValue(Session));
            Assert.NotEqual(member.GetValue(new SessionRecord { Id = "", Title = "", Provider = "", Directory = "" }), member.GetValue(Session));
        }
    }

    [Fact]
    public void Unknown_members_and_messages_are_left_to_the_serialiser()
    {
        Assert.Equal(new OkReply { Re = 4 }, HotDecoder.Decode("""{"type":"ok","new":{"a":[1]},"re":4}"""u8));
        Assert.IsType<ShutdownRequest>(HotDecoder.Decode(WireJson.Encode(new ShutdownRequest { Id = 1 })));
        Assert.Throws<JsonException>(() => HotDecoder.Decode("""{"type":"nonsense"}"""u8));
    }

    [Theory]
    [InlineData("""{"type":"ok", "a" : [ 1 , {"b":[true,null,-1.5e+3,"]}"]} , "x" ] , "re" : 4 }""", 4)]
    [InlineData(""" { "type" : "ok" , "re" : 2147483647 } """, int.MaxValue)]
    [InlineData("""{"type":"ok","n":null,"re":-1,"s":"\"}"}""", -1)]
    public void White_space_and_strange_members_are_no_obstacle(string text, int re) =>
        Assert.Equal(new OkReply { Re = re }, HotDecoder.TryDecode(System.Text.Encoding.UTF8.GetBytes(text)));

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"type":"ok","re":""")]
    [InlineData("""{"type":"ok","re":x}""")]
    [InlineData("""{"type":"ok","re":99999999999999999999}""")]
    [InlineData("""{"type":"welcome","re":1}""")]
    [InlineData("""{"type":"error","re":1,"code":"\x"}""")]
    [InlineData("""{"type":"ok","re":4}x""")]
    [InlineData("""{"type":"ok","re":4}{}""")]
    [InlineData("""{"type":"ok" "re":4}""")]
    [InlineData("""{"type":"ok","re":4,}""")]
    [InlineData("""{,"type":"ok","re":4}""")]
    [InlineData("""{"type":"ok","re":04}""")]
    [InlineData("""{"type":"ok","x":nul}""")]
    [InlineData("""{"type":"ok","x":t r u e}""")]
    [InlineData("""{"type":"ok","x":yes}""")]
    [InlineData("""{"type":"ok","x":[1,]}""")]
    [InlineData("""{"type":"list","all":1}""")]
    [InlineData("""{"type":"hello","id":1,"versions":[1],"client":null}""")]
    [InlineData("""{"type":"hello","id":1,"versions":null}""")]
    [InlineData("""{"type":"hello","id":1,"client":"x"}""")]
    [InlineData("""{"type":"hello","versions":[1],"client":"\ud800"}""")]
    [InlineData("""{"type":"create","arguments":[]}""")]
    [InlineData("""{"type":"create","provider":"p","arguments":[null]}""")]
    [InlineData("""{"type":"create","provider":"p","approval":"nonsense"}""")]
    [InlineData("""{"type":"attach","mode":"control"}""")]
    [InlineData("""{"type":"attach","session":"s","mode":null}""")]
    [InlineData("""{"type":"attach","session":"s","termios":"A"}""")]
    [InlineData("""{"type":"hook","session":"s"}""")]
    [InlineData("""{"type":"stop"}""")]
    [InlineData("""{"type":"sessions","re":1,"sessions":[{"id":"a"}]}""")]
    public void What_is_not_understood_is_left_to_the_serialiser(string text) => Assert.Null(HotDecoder.TryDecode(System.Text.Encoding.UTF8.GetBytes(text)));

    [Fact]
    public void Text_that_is_no_UTF8_or_holds_controls_is_left_to_the_serialiser()
    {
        Assert.Null(HotDecoder.TryDecode([.. "{\"type\":\"hello\",\"versions\":[1],\"client\":\""u8, 0xff, .. "\"}"u8]));
        Assert.Null(HotDecoder.TryDecode("{\"type\":\"hello\",\"versions\":[1],\"client\":\"\n\"}"u8));
        Assert.NotNull(HotDecoder.TryDecode("{\"type\":\"hello\",\"versions\":[1],\"client\":\"\\n\\ud83d\\ude00\"}"u8));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void What_is_stored_is_the_same_by_hand(bool isHand)
    {
        var (session, status, agent) = (Session, Session.Status!, Session.External!);
        Assert.Equal(Text(new SessionReply { Session = session }), Text(new SessionReply
        {
            Session = ModelJson.DecodeSession(isHand ? ModelJson.Encode(session) : JsonSerializer.SerializeToUtf8Bytes(session, WireJson.Default.SessionRecord))!,
        }));
        Assert.Equal(status, ModelJson.ParseStatus(isHand ? ModelJson.Text(status) : JsonSerializer.Serialize(status, WireJson.Default.AgentStatus)));
        Assert.Equal(agent, ModelJson.ParseExternal(isHand ? ModelJson.Text(agent) : JsonSerializer.Serialize(agent, WireJson.Default.ExternalAgent)));
        string[] strings = ["a", "", "ü \"x\""];
        Assert.Equal(strings, ModelJson.ParseStrings(isHand ? ModelJson.Text(strings) : JsonSerializer.Serialize(strings, WireJson.Default.StringArray)));
        Assert.Equal("[]", ModelJson.Text([]));
        Assert.Throws<JsonException>(() => ModelJson.ParseStatus("{}"));
        Assert.Throws<JsonException>(() => ModelJson.DecodeSession("nonsense"u8));
    }

    [Theory]
    [InlineData("2026-11-20T22:48:20.7267261+00:00")]
    [InlineData("2026-11-20T22:48:20Z")]
    [InlineData("2026-02-28T00:00:00.5-05:30")]
    public void Times_are_read_as_the_serialiser_does(string text) => Assert.Equal(DateTimeOffset.Parse(text), JsonTime.Parse(text));

    [Theory]
    [InlineData("2026-11-20T22:48:20.7267261+00:00")]
    [InlineData("2026-11-20T22:48:20+14:00")]
    [InlineData("2026-02-28T00:00:00.5-05:30")]
    [InlineData("0001-01-01T00:00:00+00:00")]
    [InlineData("9999-12-31T23:59:59.9999999+00:00")]
    public void Times_are_written_as_the_serialiser_does(string text)
    {
        Assert.Equal(text, JsonTime.Format(DateTimeOffset.Parse(text)));
        Assert.Equal($"\"{text}\"", JsonSerializer.Serialize(DateTimeOffset.Parse(text)).Replace("\\u002B", "+"));
    }

    [Fact]
    public void Deep_nesting_is_refused() =>
        Assert.Null(HotDecoder.TryDecode(System.Text.Encoding.UTF8.GetBytes($$"""{"type":"ok","x":{{new string('[', 100_000)}}""")));

    private static string Text(Message message) => System.Text.Encoding.UTF8.GetString(WireJson.Encode(message));
}
