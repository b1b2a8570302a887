using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;
using Tether.Daemon.Server.Api;

namespace Tether.Daemon.Server.Mcp;

/// <summary>
/// MCP over streamable HTTP (specification 2025-11-25 and its predecessors), without sessions of its own: every POST is answered by itself, with what its caller's token
/// is good for. `tether mcp` brings the same to clients that speak over pipes.
/// </summary>
internal sealed class McpModule(IReadOnlyList<McpTool> tools, McpResources resources, string version, ILoggerFactory loggers) : IApiModule
{
    private const string Instructions =
        "Tether supervises agents on this machine for a human. To be supervised yourself: create_session, then send_output, request_approval before what is risky, and check_input. "
        + "To supervise others: list_sessions, run_agent, wait_for, get_session_output, send_followup. What a human is asked only a human answers.";

    public IEnumerable<ApiRoute> Routes =>
    [
        new ApiRoute
        {
            Method = "POST",
            Path = "/mcp",
            Scope = ApiScope.Observe,
            Group = "MCP",
            Summary = "One message of the Model Context Protocol, over streamable HTTP; its answer comes as server-sent events.",
            Content = ApiRoute.EventStream,
            MostBytes = 4 << 20,
            Handle = AnswerAsync,
        },
    ];

    private async Task AnswerAsync(ApiCall call)
    {
        var message = await call.BodyAsync((System.Text.Json.Serialization.Metadata.JsonTypeInfo<JsonRpcMessage>)McpJsonUtilities.DefaultOptions.GetTypeInfo(typeof(JsonRpcMessage))).ConfigureAwait(false);
        await using var transport = new StreamableHttpServerTransport(loggers) { Stateless = true };
        await using var server = McpServer.Create(transport, OptionsFor(call.Caller), loggers);
        var running = server.RunAsync(call.Aborted);
        var response = call.Http.Response;
        response.StatusCode = StatusCodes.Status200OK;
        response.ContentType = ApiRoute.EventStream;
        response.Headers.CacheControl = "no-cache,no-store";
        response.Headers.ContentEncoding = "identity";
        if (!await transport.HandlePostRequestAsync(message, response.Body, call.Aborted).ConfigureAwait(false))
        {
            response.ContentType = null;
            response.Headers.ContentEncoding = default;
            response.StatusCode = StatusCodes.Status202Accepted;
        }

        await transport.DisposeAsync().ConfigureAwait(false);
        await running.ConfigureAwait(false);
    }

    private McpServerOptions OptionsFor(ApiCaller caller)
    {
        var mine = tools.Where(tool => caller.May(tool.Scope)).ToArray();
        return new McpServerOptions
        {
            ServerInfo = new Implementation { Name = "tether", Title = "Tether", Version = version },
            ServerInstructions = Instructions,
            Capabilities = new ServerCapabilities { Tools = new ToolsCapability(), Resources = new ResourcesCapability() },
            Handlers = new McpServerHandlers
            {
                ListToolsHandler = (_, _) => ValueTask.FromResult(new ListToolsResult { Tools = [.. mine.Select(Describe)] }),
                CallToolHandler = (request, stop) => CallAsync(mine, request, caller, stop),
                ListResourcesHandler = (_, _) => ValueTask.FromResult(McpResources.List()),
                ListResourceTemplatesHandler = (_, _) => ValueTask.FromResult(McpResources.Templates()),
                ReadResourceHandler = async (request, stop) => await ReadAsync(request.Params?.Uri ?? "", caller, stop).ConfigureAwait(false),
            },
        };
    }

    private async Task<ReadResourceResult> ReadAsync(string uri, ApiCaller caller, CancellationToken stop)
    {
        try
        {
            return await resources.ReadAsync(uri, caller, stop).ConfigureAwait(false);
        }
        catch (ApiError e)
        {
            throw new McpProtocolException(e.Message, e.Status == 404 ? McpErrorCode.ResourceNotFound : McpErrorCode.InvalidParams);
        }
    }

    private static async ValueTask<CallToolResult> CallAsync(McpTool[] tools, RequestContext<CallToolRequestParams> request, ApiCaller caller, CancellationToken stop)
    {
        var name = request.Params?.Name ?? "";
        var tool = Array.Find(tools, one => one.Name == name)
            ?? throw new McpProtocolException($"there is no tool “{name}” for this token; there are {string.Join(", ", tools.Select(one => one.Name))}", McpErrorCode.InvalidParams);
        try
        {
            var told = await tool.Call(new McpCall(tool, request.Params?.Arguments, caller, Progress, stop)).ConfigureAwait(false);
            return new CallToolResult
            {
                Content = [new TextContentBlock { Text = JsonSerializer.Serialize(told, McpJson.Default.JsonObject) }],
                StructuredContent = JsonSerializer.SerializeToElement(told, McpJson.Default.JsonObject),
            };
        }
        catch (ApiError e)
        {
            // The model reads it and can do better.
            return new CallToolResult { IsError = true, Content = [new TextContentBlock { Text = $"{e.Code}: {e.Message}" }] };
        }

        Task Progress(double seconds, string text) => request.Params?.ProgressToken is { } token
            ? request.Server.NotifyProgressAsync(token, new ProgressNotificationValue { Progress = (float)seconds, Message = text }, cancellationToken: stop)
            : Task.CompletedTask;
    }

    private static Tool Describe(McpTool tool) => new()
    {
        Name = tool.Name,
        Description = tool.Description,
        InputSchema = tool.Schema(),
        Annotations = new ToolAnnotations { ReadOnlyHint = tool.IsReadOnly, DestructiveHint = tool.IsDestructive, OpenWorldHint = false },
    };
}
