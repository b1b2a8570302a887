using System.Text.Json;
using Tether.Daemon.Agents.OpenCode;
using Tether.Daemon.Approvals;
using Tether.Protocol.Model;
using Xunit;

namespace Tether.Daemon.Tests.Agents.OpenCode;

/// <summary>Requests as opencode 1.18.33 sends them.</summary>
public sealed class OpenCodeRequestTests
{
    [Fact]
    public void A_command_comes_with_its_text_and_what_opencode_would_remember()
    {
        var ask = Permission(
            """{"id":"per_1","sessionID":"ses_1","permission":"bash","patterns":["touch a.txt"],"metadata":{"command":"touch a.txt"},"always":["touch *"],"tool":{"messageID":"msg_1","callID":"call_1"}}""");
        Assert.Equal(("per_1", "bash: touch a.txt", "touch a.txt", ToolClass.Command, "call_1"), (ask.Key, ask.Title, ask.Command, ask.ToolClass, ask.Correlation));
        Assert.Equal(("agent", "bash touch *, until opencode ends"), (ask.AgentAlways[0].Id, ask.AgentAlways[0].Text));
        Assert.True(ask.TakesReason);
    }

    [Fact]
    public void A_new_file_comes_as_a_difference_without_names()
    {
        var ask = Permission(
            """{"id":"per_1","permission":"edit","patterns":["b.txt"],"always":["*"],"metadata":{"filepath":"/srv/app/b.txt","diff":"Index: /srv/app/b.txt\n===\n--- /srv/app/b.txt\n+++ /srv/app/b.txt\n@@ -0,0 +1,2 @@\n+one\n+two\n"}}""");
        var edit = Assert.Single(ask.Edits);
        Assert.Equal(("/srv/app/b.txt", "@@ -0,0 +1,2 @@\n+one\n+two", true, "edit: b.txt"), (edit.Path, edit.Diff, edit.IsNew, ask.Title));
    }

    [Fact]
    public void A_patch_of_several_files_comes_as_several_edits()
    {
        var ask = Permission(
            """{"id":"per_1","permission":"edit","patterns":["a","b"],"metadata":{"filepath":"a, b","diff":"","files":[{"filePath":"/srv/app/a","type":"update","patch":"@@ -1,1 +1,1 @@\n-x\n+y"},{"filePath":"/srv/app/b","type":"delete","patch":"@@ -1,1 +0,0 @@\n-x"}]}}""");
        Assert.Equal([("/srv/app/a", false), ("/srv/app/b", true)], ask.Edits.Select(edit => (edit.Path, edit.IsDeletion)));
    }

    [Theory]
    [InlineData("""{"id":"per_1","permission":"webfetch","patterns":["https://example.com/a"],"metadata":{"url":"https://example.com/a","format":"text"}}""", ToolClass.Network, "example.com", "")]
    [InlineData("""{"id":"per_1","permission":"external_directory","patterns":["/etc/*"],"metadata":{"command":"cat /etc/hosts","directories":["/etc"]}}""", ToolClass.Other, "", "/etc")]
    [InlineData("""{"id":"per_1","permission":"task","patterns":["general"],"metadata":{"description":"look","subagent_type":"general"}}""", ToolClass.SubAgent, "", "")]
    public void Hosts_and_paths_beyond_a_command_are_named(string request, ToolClass toolClass, string host, string path)
    {
        var ask = Permission(request);
        Assert.Equal(toolClass, ask.ToolClass);
        Assert.Equal(host.Length > 0 ? [host] : [], ask.Hosts);
        Assert.Equal(path.Length > 0 ? [path] : [], ask.Paths);
        Assert.Null(ask.Command);
    }

    [Fact]
    public void All_questions_come_at_once()
    {
        var ask = OpenCodeRequest.Question(
            Json("""{"id":"que_1","questions":[{"question":"Which?","header":"Colour","options":[{"label":"Red","description":"warm"}]},{"question":"What?","header":"Fruit","multiple":true,"custom":false,"options":[]}]}"""),
            TestLaunch.Session("opencode"), "helper")!;
        Assert.Equal((QueueKind.Question, "helper", "Which? (and 1 more)"), (ask.Kind, ask.SubAgent, ask.Title));
        Assert.Equal([(false, true), (true, false)], ask.Questions.Select(question => (question.Multiple, question.FreeText)));
        Assert.Equal("Red", ask.Questions[0].Options[0].Label);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"id":7,"permission":"bash"}""")]
    [InlineData("[]")]
    public void What_has_no_id_is_no_question(string request) => Assert.Null(OpenCodeRequest.Permission(Json(request), TestLaunch.Session("opencode"), null));

    private static Ask Permission(string request) => OpenCodeRequest.Permission(Json(request), TestLaunch.Session("opencode"), null)!;

    private static JsonElement Json(string text) => JsonSerializer.Deserialize<JsonElement>(text);
}
