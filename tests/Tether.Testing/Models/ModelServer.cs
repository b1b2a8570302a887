using System.Collections.Concurrent;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Tether.Testing.Models;

/// <summary>
/// A model that answers as the prompt tells it to (<see cref="Script"/>), so that real agents run without a network. It speaks the Responses (Codex),
/// Messages (Claude) and Chat completions (OpenCode, Pi) APIs, streaming or whole, on a free port of 127.0.0.1.
/// </summary>
public sealed class ModelServer : IAsyncDisposable
{
    private readonly WebApplication _server;
    private readonly ConcurrentDictionary<string, TaskCompletionSource> _holds = new();
    private readonly ConcurrentQueue<ModelRequest> _requests = new();

    private ModelServer(WebApplication server) => _server = server;

    /// <summary>As `http://127.0.0.1:40123`, without a path.</summary>
    public string Address => _server.Urls.First();

    /// <summary>What was asked for until now, in the order of arrival.</summary>
    public IReadOnlyList<ModelRequest> Requests => [.. _requests];

    public static async Task<ModelServer> Start()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0").ConfigureKestrel(kestrel => kestrel.Limits.MaxRequestBodySize = 64 << 20);
        var server = new ModelServer(builder.Build());
        server._server.Run(server.Answer);
        await server._server.StartAsync();
        return server;
    }

    /// <summary>When the last answer with a call was begun to be sent.</summary>
    public DateTimeOffset LastCallAt { get; private set; }

    /// <summary>Lets every turn go on that waits, or will wait, at `[[HOLD name]]`.</summary>
    public void Release(string name) => Hold(name).TrySetResult();

    public async ValueTask DisposeAsync()
    {
        foreach (var hold in _holds.Values)
        {
            hold.TrySetCanceled();
        }

        using var hurry = new CancellationTokenSource(TimeSpan.Zero);
        await _server.StopAsync(hurry.Token);
        await _server.DisposeAsync();
    }

    private TaskCompletionSource Hold(string name) =>
        _holds.GetOrAdd(name, _ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));

    private async Task Answer(HttpContext http)
    {
        var path = http.Request.Path.Value ?? "";
        var body = http.Request.Method == HttpMethods.Post ? await ReadBody(http.Request) : null;
        _requests.Enqueue(new ModelRequest(path, body));
        var api = body is null ? null : ModelApi.For(path);
        if (api is null)
        {
            await AnswerOther(http, path);
            return;
        }

        try
        {
            await Answer(http, api, body!);
        }
        catch (OperationCanceledException)
        {
            // The agent hung up in the middle of an answer, as on Esc, or the test is over.
        }
    }

    private async Task Answer(HttpContext http, ModelApi api, JsonObject body)
    {
        var step = Script.Next(api.Tools(body), api.Turns(body));
        if (step.Hold is { } hold)
        {
            await Hold(hold).Task.WaitAsync(http.RequestAborted);
        }

        await Task.Delay(step.Wait, TimeProvider.System, http.RequestAborted);
        if (step.Error is { } error)
        {
            await Json(http, error, new JsonObject { ["type"] = "error", ["error"] = new JsonObject { ["type"] = step.ErrorType, ["message"] = step.Text } });
            return;
        }

        if (step.Calls.Length > 0)
        {
            LastCallAt = TimeProvider.System.GetUtcNow();
        }

        if (body["stream"]?.GetValue<bool>() is true)
        {
            await api.Stream(body, step, new EventStream(http));
        }
        else
        {
            await Json(http, StatusCodes.Status200OK, api.Whole(body, step));
        }
    }

    private static Task AnswerOther(HttpContext http, string path) => path switch
    {
        _ when path.EndsWith("/count_tokens", StringComparison.Ordinal) => Json(http, 200, new JsonObject { ["input_tokens"] = 1200 }),
        _ when path.EndsWith("/models", StringComparison.Ordinal) => Json(http, 200, new JsonObject { ["object"] = "list", ["data"] = new JsonArray(), ["models"] = new JsonArray(), ["has_more"] = false }),
        _ => Json(http, 404, new JsonObject { ["error"] = new JsonObject { ["type"] = "not_found_error", ["message"] = $"no {path} here" } }),
    };

    private static async Task<JsonObject?> ReadBody(HttpRequest request)
    {
        try
        {
            return await JsonNode.ParseAsync(request.Body) as JsonObject;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static Task Json(HttpContext http, int status, JsonObject body)
    {
        http.Response.StatusCode = status;
        http.Response.ContentType = "application/json";
        return http.Response.WriteAsync(body.ToJsonString(), http.RequestAborted);
    }
}

/// <summary>One request of an agent.</summary>
/// <param name="Path">As `/v1/messages`.</param>
/// <param name="Body">Null when it had none that is a JSON object.</param>
public sealed record ModelRequest(string Path, JsonObject? Body)
{
    private readonly Lazy<string> _text = new(() => Body?.ToJsonString(new JsonSerializerOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }) ?? "");

    /// <summary>What tools have given back in the conversation until now, oldest first, as the model reads it.</summary>
    public IReadOnlyList<string> ToolResults =>
        Body is not null && ModelApi.For(Path) is { } api ? [.. api.Turns(Body).Where(turn => turn.Role == TurnRole.ToolResult).Select(turn => turn.Text)] : [];

    /// <summary>True if a text stands anywhere in it; quotes and backslashes as JSON writes them.</summary>
    public bool Says(string text) => _text.Value.Contains(text, StringComparison.Ordinal);
}
