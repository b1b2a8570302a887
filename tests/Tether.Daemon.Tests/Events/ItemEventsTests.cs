using System.Text.Json;
using Tether.Daemon.Events;
using Tether.Protocol.Model;
using Xunit;

namespace Tether.Daemon.Tests.Events;

public sealed class ItemEventsTests
{
    private readonly FakeEventLog _log = new();
    private readonly ItemEvents _items;

    public ItemEventsTests() => _items = new ItemEvents(_log, TimeProvider.System);

    [Fact]
    public void What_is_asked_is_told_once_and_how_it_ended_once()
    {
        var item = Item() with { Tool = "Bash", Input = """{"command": "ls"}""", Command = "ls" };
        _items.Published(item);
        _items.Published(item with { SnoozedUntil = DateTimeOffset.UnixEpoch });
        var answer = Answer(QueueDecision.Deny) with { Reason = "not now" };
        _items.Published(item with { State = QueueState.Answering, Answer = answer });
        _items.Published(item with { State = QueueState.Answered, Answer = answer });

        Assert.Equal(["permission_request", "permission_resolved"], _log.Of("s").Select(e => e.Type));
        var asked = Json(0);
        Assert.Equal(("i", "approval", "Bash", "ls"), (Text(asked, "request_id"), Text(asked, "kind"), Text(asked, "tool_name"), asked.GetProperty("tool_input").GetProperty("command").GetString()));
        var over = Json(1);
        Assert.Equal(("i", "user", "deny", "not now", "me", "cli"), (Text(over, "request_id"), Text(over, "resolved_by"), Text(over, "decision"), Text(over, "message"), Text(over, "by"), Text(over, "surface")));
        Assert.False(over.GetProperty("allowed").GetBoolean());
    }

    [Fact]
    public void An_item_that_a_rule_answers_at_once_is_told_too()
    {
        _items.Published(Item() with { State = QueueState.Answering, Answer = Answer(QueueDecision.Allow) with { By = "rule" } });
        _items.Published(Item() with { State = QueueState.Answered, Answer = Answer(QueueDecision.Allow) with { By = "rule" } });
        Assert.Equal(["permission_request", "permission_resolved"], _log.Of("s").Select(e => e.Type));
        Assert.Equal("rule", Text(Json(1), "resolved_by"));
        Assert.True(Json(1).GetProperty("allowed").GetBoolean());
    }

    [Theory]
    [InlineData("agent", "timeout: nobody answered in 300 s", QueueDecision.Deny, "timeout")]
    [InlineData("agent", "the session ended: code 0", QueueDecision.Dismiss, "cancelled")]
    [InlineData("agent", "answered in the terminal", QueueDecision.Allow, "agent")]
    [InlineData("mode", "", QueueDecision.Allow, "mode")]
    [InlineData("timeout", "nobody answered", QueueDecision.Deny, "timeout")]
    public void Who_ended_it_is_told(string by, string reason, QueueDecision decision, string told)
    {
        _items.Published(Item());
        _items.Published(Item() with { State = QueueState.Closed, Answer = Answer(decision) with { By = by, Reason = reason } });
        Assert.Equal(told, Text(Json(1), "resolved_by"));
    }

    [Fact]
    public void What_an_earlier_daemon_told_is_only_told_to_be_over()
    {
        _items.Know(Item());
        _items.Published(Item() with { State = QueueState.Closed, Answer = Answer(QueueDecision.Dismiss) with { By = "agent" } });
        Assert.Equal("permission_resolved", Assert.Single(_log.Of("s")).Type);
    }

    [Fact]
    public void A_question_is_told_with_its_options_and_its_answer()
    {
        var item = Item() with
        {
            Kind = QueueKind.Question,
            Questions = [new QueueQuestion { Text = "Which?", Options = [new QueueOption { Label = "one" }, new QueueOption { Label = "two", Description = "the second" }], Multiple = true }],
        };
        _items.Published(item);
        _items.Published(item with { State = QueueState.Answered, Answer = Answer(QueueDecision.Answer) with { Answers = [["one", "two"]], Input = """{"a": 1}""" } });
        Assert.Equal(["one", "two"], Json(0).GetProperty("options").EnumerateArray().Select(option => Text(option, "label")));
        Assert.True(Json(0).GetProperty("questions")[0].GetProperty("multiple").GetBoolean());
        Assert.Equal("two", Json(1).GetProperty("answers")[0][1].GetString());
        Assert.Equal(1, Json(1).GetProperty("updated_input").GetProperty("a").GetInt32());
    }

    [Fact]
    public void Input_that_is_no_json_is_text_and_a_very_long_one_is_left_out()
    {
        _items.Published(Item() with { Input = "{not json" });
        Assert.Equal("{not json", Json(0).GetProperty("tool_input").GetString());
        _items.Published(Item() with { Id = "j", Input = $"\"{new string('x', 100_000)}\"", Command = "cat" });
        Assert.True(Json(1).GetProperty("tool_input").GetProperty("truncated").GetBoolean());
        Assert.Equal("cat", Text(Json(1).GetProperty("tool_input"), "command"));
    }

    [Fact]
    public void Input_with_a_text_that_no_string_can_hold_is_told_as_it_was_written()
    {
        const string Input = """{"a": "\ud800"}""";
        _items.Published(Item() with { Input = Input });
        Assert.Equal(Input, Json(0).GetProperty("tool_input").GetRawText());
    }

    [Fact]
    public void What_only_tells_something_is_no_request()
    {
        _items.Published(Item() with { Kind = QueueKind.Done, Way = AnswerWay.None });
        Assert.Empty(_log.Of("s"));
    }

    private static QueueItem Item() => new() { Id = "i", Kind = QueueKind.Approval, Session = "s", Agent = "claude", Title = "Bash: ls", AskedAt = DateTimeOffset.UnixEpoch };

    private static QueueAnswer Answer(QueueDecision decision) => new() { Decision = decision, By = "me", Surface = "cli", At = DateTimeOffset.UnixEpoch };

    private static string? Text(JsonElement element, string name) => element.GetProperty(name).GetString();

    private JsonElement Json(int index) => JsonElement.Parse(_log.Of("s")[index].Data.Span);
}
