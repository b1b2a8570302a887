using System.CommandLine;
using System.Text;
using Tether.Tui.Connection;

namespace Tether.Tui.Commands.Mcp;

/// <summary>`tether mcp`: the Model Context Protocol over this program's pipes.</summary>
internal static class McpCommand
{
    public const string Name = "mcp";

    public const string Examples = """
        claude mcp add tether -- tether mcp       let claude supervise other agents, or be supervised
        codex mcp add tether -- tether mcp        the same for codex
        {"mcpServers":{"tether":{"command":"tether-mcp","env":{"TETHER_API_URL":"http://localhost:8787"}}}}
        """;

    public static Command Build()
    {
        var command = new Command(Name, "Serve the Model Context Protocol over stdin and stdout, for MCP clients to start");
        command.SetAction(async (_, stop) =>
        {
            using var client = ApiClient.Open();
            await using var input = Console.OpenStandardInput();
            await using var output = Console.OpenStandardOutput();
            await new McpBridge(client, output).RunAsync(new StreamReader(input, new UTF8Encoding(false)), stop).ConfigureAwait(false);
            return ExitCodes.Done;
        });
        return command;
    }
}
