using Tether.Daemon.Agents.Codex;
using Tether.Daemon.Approvals;
using Tether.Protocol.Model;
using Xunit;

namespace Tether.Daemon.Tests.Agents.Codex;

public sealed class CodexRequestTests
{
    private const string Questions = """
        {"method":"item/tool/requestUserInput","id":3,"params":{"threadId":"t","turnId":"u","itemId":"i","isBlocking":false,"questions":[
          {"id":"q1","header":"Color","question":"Which?","isOther":true,"isSecret":false,"options":[{"label":"Red","description":"r"}]},
          {"id":"q2","header":"Size","question":"How large?","isOther":false,"isSecret":false,"options":[{"label":"S","description":"s"},{"label":"L","description":"l"}]}]}}
        """;

    private const string Form = """
        {"method":"mcpServer/elicitation/request","id":4,"params":{"threadId":"t","serverName":"files","mode":"form","message":"Fill in","requestedSchema":{"type":"object","properties":{
          "name":{"type":"string"},"count":{"type":"integer"},"sure":{"type":"boolean"},"kind":{"type":"string","oneOf":[{"const":"a","title":"Kind A"}]},
          "tags":{"type":"array","items":{"type":"string","enum":["x","y"]}}}}}}
        """;

    [Theory]
    [InlineData("/bin/bash -lc 'touch a.txt'", "touch a.txt")]
    [InlineData("bash -lc ls", "ls")]
    [InlineData("/bin/bash -lc \"echo 'c' \\$x\"s", "echo 'c' $xs")]
    [InlineData("/bin/bash -lc 'it'\"'\"'s'", "it's")]
    [InlineData("/bin/sh -c \"echo", "/bin/sh -c \"echo")]
    [InlineData("/bin/bash -lc a b", "/bin/bash -lc a b")]
    [InlineData("python -c 'x'", "python -c 'x'")]
    [InlineData("git -c 'a=b' log", "git -c 'a=b' log")]
    public void A_command_is_shown_without_the_shell_around_it(string command, string expected) => Assert.Equal(expected, CodexRequest.Unwrap(command));

    [Fact]
    public void A_change_is_shown_file_by_file()
    {
        var item = AgentFixture.Json("""
            {"type":"fileChange","id":"i","changes":[{"path":"/srv/app/a","kind":{"type":"add"},"diff":"one\ntwo\n"},{"path":"b","kind":{"type":"update","move_path":"c"},"diff":"@@ -1 +1 @@\n-x\n+y\n"},{"path":"/srv/app/d","kind":{"type":"delete"},"diff":"gone\n"}]}
            """);
        var ask = Read("""{"method":"item/fileChange/requestApproval","id":0,"params":{"threadId":"t","turnId":"u","itemId":"i","reason":null,"grantRoot":null}}""", item)!;
        Assert.Equal(["/srv/app/a", "/srv/app/b", "/srv/app/c", "/srv/app/d"], ask.Edits.Select(edit => edit.Path));
        Assert.Equal((true, false, true), (ask.Edits[0].IsNew, ask.Edits[1].IsNew, ask.Edits[3].IsDeletion));
        Assert.Contains("+two\n", ask.Edits[0].Diff, StringComparison.Ordinal);
        Assert.Equal("@@ -1 +1 @@\n-x\n+y\n", ask.Edits[1].Diff);
        Assert.Contains("-gone\n", ask.Edits[3].Diff, StringComparison.Ordinal);
        Assert.Equal("apply_patch: a, b, c, d", ask.Title);
    }

    [Fact]
    public void Questions_are_answered_all_at_once_by_their_ids()
    {
        var ask = Read(Questions)!;
        Assert.Equal((QueueKind.Question, "Which? (and 1 more)", true, false), (ask.Kind, ask.Title, ask.Questions[0].FreeText, ask.Questions[1].FreeText));
        Assert.Equal("""{"answers":{"q1":{"answers":["teal"]},"q2":{"answers":["L"]}}}""", Reply(Questions, AgentFixture.Answer(QueueDecision.Answer, "", null, null, ["teal"], ["L"])));
        Assert.Null(Reply(Questions, AgentFixture.Answer(QueueDecision.Deny)));
        Assert.Null(Read(Questions.Replace("\"isSecret\":false", "\"isSecret\":true", StringComparison.Ordinal)));
    }

    [Fact]
    public void A_form_of_an_mcp_server_is_filled_with_values_of_its_types()
    {
        var ask = Read(Form)!;
        Assert.Equal(5, ask.Questions.Length);
        Assert.Equal(("Kind A", true), (ask.Questions[3].Options[0].Label, ask.Questions[4].Multiple));
        Assert.Equal(
            """{"action":"accept","content":{"name":"n","count":3,"sure":true,"kind":"a","tags":["x","y"]}}""",
            Reply(Form, AgentFixture.Answer(QueueDecision.Answer, "", null, null, ["n"], ["3"], ["yes"], ["Kind A"], ["x", "y"])));
        Assert.Throws<DeliveryException>(() => Reply(Form, AgentFixture.Answer(QueueDecision.Answer, "", null, null, ["n"], ["many"], ["yes"], ["Kind A"], [])));
        Assert.Equal("""{"action":"decline"}""", Reply(Form, AgentFixture.Answer(QueueDecision.Deny)));
    }

    [Fact]
    public void A_form_without_fields_is_an_approval_and_a_page_to_visit_is_for_the_terminal()
    {
        const string Bare = """{"method":"mcpServer/elicitation/request","id":4,"params":{"threadId":"t","serverName":"files","mode":"form","message":"Run it?","requestedSchema":{"type":"object","properties":{}}}}""";
        Assert.Equal((QueueKind.Approval, "files: Run it?"), (Read(Bare)!.Kind, Read(Bare)!.Title));
        Assert.Equal("""{"action":"accept","content":{}}""", Reply(Bare, AgentFixture.Answer(QueueDecision.Allow)));
        Assert.Equal(AnswerWay.Terminal, Read("""{"method":"mcpServer/elicitation/request","id":4,"params":{"threadId":"t","serverName":"s","mode":"url","message":"Log in","url":"https://x","elicitationId":"e"}}""")!.Way);
    }

    [Fact]
    public void Permissions_are_granted_as_they_were_asked_for_or_not_at_all()
    {
        const string Asked = """{"method":"item/permissions/requestApproval","id":5,"params":{"threadId":"t","turnId":"u","itemId":"i","cwd":"/w","reason":"r","permissions":{"fileSystem":{"write":["/etc"]},"network":{"enabled":true}}}}""";
        var ask = Read(Asked)!;
        Assert.Equal(("permissions: write /etc, the network", "/etc"), (ask.Title, Assert.Single(ask.Paths)));
        Assert.Equal("""{"permissions":{"fileSystem":{"write":["/etc"]},"network":{"enabled":true}},"scope":"turn"}""", Reply(Asked, AgentFixture.Answer(QueueDecision.Allow)));
        Assert.Equal("""{"permissions":{},"scope":"turn"}""", Reply(Asked, AgentFixture.Answer(QueueDecision.Deny)));
        Assert.Contains("\"session\"", Reply(Asked, AgentFixture.Answer(QueueDecision.Allow, always: "agent"))!, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_not_for_people_is_left_to_others()
    {
        Assert.Null(Read("""{"method":"item/tool/call","id":5,"params":{"threadId":"t"}}"""));
        Assert.Null(Read("""{"method":"item/commandExecution/requestApproval","id":5,"params":{}}"""));
    }

    private static Ask? Read(string message, System.Text.Json.JsonElement item = default) =>
        CodexRequest.Read(AgentFixture.Json(message), TestLaunch.Session("codex"), null, item);

    private static string? Reply(string message, QueueAnswer answer) => CodexReply.Of(AgentFixture.Json(message), answer)?.ToJsonString();
}
