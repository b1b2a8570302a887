using System.Globalization;
using System.Text;
using Tether.Daemon.Server.Api;
using Tether.Daemon.Server.Mcp;

namespace Tether.Daemon.Tests.Server.Mcp;

/// <summary>Writes docs/mcp.md from the tools and resources themselves; how clients are set up stands here, and end-to-end tests set them up so.</summary>
internal sealed class McpDocument
{
    private readonly StringBuilder _text = new();

    public static string Write(IEnumerable<McpTool> self, IEnumerable<McpTool> others)
    {
        var document = new McpDocument();
        document._text.Append(Head);
        document.Group("An agent is supervised", "An agent that is no terminal program of Tether's registers itself, and stands in the dashboard, the queue and the audit log like any other.", self);
        document.Group("An agent supervises others", "None of these answers what a human is asked.", others);
        document.Resources();
        return document._text.ToString();
    }

    private const string Head = """
        # MCP

        <!-- Written by a test from the tools themselves; `TETHER_WRITE_DOCS=1 dotnet test --filter McpDocumentTests` writes it anew. -->

        Any client of the Model Context Protocol may be supervised by Tether, or supervise other agents with it. There are two ways in, with the same tools and resources:

        - **`tether-mcp`**, the same as `tether mcp`: the client starts it and speaks over its stdin and stdout. It finds this machine's daemon and starts it when there is none; `TETHER_API_URL` names
          another address, and `TETHER_AGENT_TOKEN` the token to show there (else this user's own, when that address is of this machine).
        - **`http://localhost:8787/mcp`**, streamable HTTP, with `Authorization: Bearer TOKEN`. It keeps no sessions of its own: each POST is answered by itself, and a daemon that was restarted goes on.

        Both speak the protocol's versions 2024-11-05, 2025-03-26, 2025-06-18 and 2025-11-25.

        ## Setting up clients

        What most clients read:

        ```json
        {"mcpServers":{"tether":{"command":"tether-mcp","env":{"TETHER_API_URL":"http://localhost:8787"}}}}
        ```

        **Claude Code**: that as `.mcp.json` in a project or by `--mcp-config FILE`; or

        ```bash
        claude mcp add tether -- tether-mcp
        claude mcp add --transport http tether http://localhost:8787/mcp --header "Authorization: Bearer $TOKEN"
        ```

        Its tools are called `mcp__tether__list_sessions` and so on there; `--allowedTools "mcp__tether__*"` lets it call them unasked.

        **Codex**: `codex mcp add tether -- tether-mcp`, or in `~/.codex/config.toml` one of

        ```toml
        [mcp_servers.tether]
        command = "tether-mcp"
        env = { TETHER_API_URL = "http://localhost:8787" }
        tool_timeout_sec = 3600
        ```

        ```toml
        [mcp_servers.tether]
        url = "http://localhost:8787/mcp"
        bearer_token_env_var = "TETHER_AGENT_TOKEN"
        tool_timeout_sec = 3600
        ```

        Without `tool_timeout_sec` it gives up a call after 300 seconds, however long the human may take; `wait_s` and `wait_timeout_s` then make calls return earlier. With `required = true` its first turn waits
        until the tools are there, and `default_tools_approval_mode = "approve"` lets it call them all unasked: where nobody can be asked, as in `codex exec`, it else refuses stop_session. Of the variables of your
        shell it hands few on to a server: when you have moved your data folder, add `env_vars = ["XDG_DATA_HOME"]`.

        **opencode**: in `opencode.json` one of

        ```json
        {"mcp":{"tether":{"type":"local","command":["tether-mcp"],"environment":{"TETHER_API_URL":"http://localhost:8787"}}}}
        ```

        ```json
        {"mcp":{"tether":{"type":"remote","url":"http://localhost:8787/mcp","headers":{"Authorization":"Bearer TOKEN"}}}}
        ```

        **MCP Inspector**:

        ```bash
        npx @modelcontextprotocol/inspector --cli tether-mcp --method tools/list
        npx @modelcontextprotocol/inspector --cli http://localhost:8787/mcp --transport http --header "Authorization: Bearer $TOKEN" --method resources/list
        ```

        ## What a client may do

        A token's scopes decide: a tool whose scope the token has not is neither listed nor called. `tether token create NAME --scope observe,input` makes one that may use all of them. With `bypass` as `approval_mode`
        run_agent wants *admin*. Answering what needs a human is no tool at all, for nobody; and what runs inside a supervised session may not answer by the API either, whatever token it has (docs/api.md). No tool takes a
        program, arguments or an environment: an agent is started by the name of a provider, in a directory that the API would take too, and with the user's plain environment. A login that an agent takes from a
        variable must stand in its own settings.

        Arguments that do not fit, and what the daemon refuses, come back as a result with `isError`, whose text begins with the code of docs/api.md (`VALIDATION_ERROR: …`): the model reads it and can do better.
        A text is at most 32,768 characters; what was left out is said in it. Every result stands twice in its answer: as text, and as `structuredContent`. A call that waits tells its progress every 10 seconds
        to a client that asks for it, and ends when the client cancels it.

        """;

    private void Group(string name, string text, IEnumerable<McpTool> tools)
    {
        _text.Append(CultureInfo.InvariantCulture, $"\n## {name}\n\n{text}\n");
        foreach (var tool in tools)
        {
            _text.Append(CultureInfo.InvariantCulture, $"\n### `{tool.Name}`\n\n{tool.Description}\n\nScope *{ApiScopes.Text(tool.Scope)}*");
            _text.Append(tool.IsReadOnly ? "; changes nothing" : tool.IsDestructive ? "; may end something" : "");
            _text.Append(".\n\n| parameter | | |\n|---|---|---|\n");
            foreach (var parameter in tool.Parameters)
            {
                _text.Append(CultureInfo.InvariantCulture, $"| `{parameter.Name}` | {Type(parameter)} | {Cell(parameter.Text)} |\n");
            }
        }
    }

    private void Resources()
    {
        _text.Append("\n## Resources\n\nScope *observe*. They are bounded as tools' results are.\n\n| resource | type | |\n|---|---|---|\n");
        foreach (var resource in McpResources.List().Resources)
        {
            _text.Append(CultureInfo.InvariantCulture, $"| `{resource.Uri}` | {resource.MimeType} | {Cell(resource.Description ?? "")} |\n");
        }

        foreach (var template in McpResources.Templates().ResourceTemplates)
        {
            _text.Append(CultureInfo.InvariantCulture, $"| `{template.UriTemplate}` | {template.MimeType} | {Cell(template.Description ?? "")} |\n");
        }
    }

    private static string Type(McpParameter parameter)
    {
        var type = parameter.Type == "string[]" ? "list of strings" : parameter.Type;
        var bounds = parameter switch
        {
            { Values.Length: > 0 } => $": {string.Join(", ", parameter.Values.Select(value => $"`{value}`"))}",
            { Least: { } least, Most: { } most } => string.Create(CultureInfo.InvariantCulture, $", {least}–{most}"),
            { Least: { } least } => string.Create(CultureInfo.InvariantCulture, $", from {least}"),
            _ => "",
        };
        return $"{type}{bounds}{(parameter.IsRequired ? ", required" : "")}";
    }

    private static string Cell(string text) => text.Replace("|", "\\|", StringComparison.Ordinal);
}
