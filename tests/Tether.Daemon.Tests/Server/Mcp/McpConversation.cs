using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;
using Tether.Daemon.Server.Api;
using Tether.Daemon.Server.Mcp;

namespace Tether.Daemon.Tests.Server.Mcp;

/// <summary>A client that posts messages to the module, as one whose token has these scopes.</summary>
internal sealed class McpConversation(IEnumerable<McpTool> tools, IApiAsks asks, ApiScope scopes)
{
    private int _id;

    public async Task<JsonNode[]> PostAsync(JsonObject message)
    {
        var module = new McpModule([.. tools], new McpResources(asks), "1.2.3", NullLoggerFactory.Instance);
        var route = module.Routes.Single();
        var context = new DefaultHttpContext();
        context.Request.Method = "POST";
        context.Request.ContentType = "application/json";
        context.Request.Body = new MemoryStream(Encoding.UTF8.GetBytes(message.ToJsonString()));
        using var body = new MemoryStream();
        context.Response.Body = body;
        await route.Handle(new ApiCall(context, route, new Dictionary<string, string>(), new ApiCaller("test", scopes, "t1", 0)));
        return [.. Encoding.UTF8.GetString(body.ToArray()).Split('\n').Where(line => line.StartsWith("data: {", StringComparison.Ordinal)).Select(line => JsonNode.Parse(line["data: ".Length..])!)];
    }

    public async Task<JsonNode> AskAsync(string method, JsonObject parameters)
    {
        var id = ++_id;
        var told = await PostAsync(new JsonObject { ["jsonrpc"] = "2.0", ["id"] = id, ["method"] = method, ["params"] = parameters });
        return told.Single(message => message["id"]?.GetValue<int>() == id);
    }

    public async Task<JsonNode> CallAsync(string tool, JsonObject arguments) =>
        (await AskAsync("tools/call", new JsonObject { ["name"] = tool, ["arguments"] = arguments }))["result"]!;
}
