using Tether.Daemon.Server.Api;
using Tether.Daemon.Server.Mcp;
using Tether.Daemon.Tests.Events;
using Tether.Daemon.Tests.Server.Api.Events;
using Tether.Protocol.Wire;
using Xunit;

namespace Tether.Daemon.Tests.Server.Mcp;

/// <summary>What is written of the MCP tools is what there is.</summary>
public sealed class McpDocumentTests
{
    private static readonly McpTool[] Self = [.. new SelfTools(new FakeExternalAgents(new FakeEventLog()), new FakeEventLog(), TimeProvider.System).All];

    private static readonly McpTool[] Others =
        [.. McpTools.Supervisor(new Nobody(), new FakeExternalAgents(new FakeEventLog()), new FakeEventLog(), (_, _) => Task.FromResult(""), TimeProvider.System)];

    [Fact]
    public void The_document_says_what_the_tools_are()
    {
        var written = McpDocument.Write(Self, Others);
        var file = SourceTree.PathOf("docs/mcp.md");
        if (Environment.GetEnvironmentVariable("TETHER_WRITE_DOCS") == "1")
        {
            File.WriteAllText(file, written);
        }

        Assert.Equal(File.Exists(file) ? File.ReadAllText(file) : "", written);
    }

    [Fact]
    public void The_limit_that_the_document_names_is_the_tools_own() =>
        Assert.Contains($"at most {McpOutput.MostCharacters:N0} characters", McpDocument.Write([], []), StringComparison.Ordinal);

    [Fact]
    public void There_are_the_tools_that_clients_know_by_name()
    {
        Assert.Equal(["create_session", "send_output", "request_approval", "check_input"], Self.Select(tool => tool.Name));
        Assert.Equal(
            ["list_sessions", "get_session_status", "get_session_output", "read_screen", "get_diff", "run_agent", "send_followup", "stop_session", "wait_for"], Others.Select(tool => tool.Name));
    }

    [Fact]
    public void No_tool_takes_a_program_or_an_environment_or_answers_what_needs_a_human()
    {
        string[] forbidden = ["command", "cmd", "args", "arguments", "argv", "executable", "program", "path", "shell", "env", "environment", "keys"];
        foreach (var tool in Self.Concat(Others))
        {
            Assert.Empty(tool.Parameters.Select(parameter => parameter.Name).Intersect(forbidden));
            Assert.False(tool.Schema().GetProperty("additionalProperties").GetBoolean());
            Assert.True(tool.Scope is ApiScope.Observe or ApiScope.Input, tool.Name);
        }
    }

    private sealed class Nobody : IApiAsks
    {
        public Task<TReply> AskAsync<TReply>(ApiCaller caller, Request request, CancellationToken stop)
            where TReply : Reply => throw new InvalidOperationException("nothing is asked");
    }
}
