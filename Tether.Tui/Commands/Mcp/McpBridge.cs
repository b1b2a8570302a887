using System.Collections.Concurrent;
using System.Net.Http.Headers;
using System.Net.ServerSentEvents;
using System.Text;
using System.Text.Json;

namespace Tether.Tui.Commands.Mcp;

/// <summary>
/// Carries messages between an MCP client's pipes (a JSON-RPC message a line) and the daemon's streamable HTTP. It understands no more of them than it has to:
/// the id, so that what fails is answered, and cancellations, which end the HTTP request that they mean.
/// </summary>
internal sealed class McpBridge(HttpClient client, Stream output)
{
    private const string VersionHeader = "MCP-Protocol-Version";
    private const int InternalError = -32603;
    private const int ParseError = -32700;

    private readonly ConcurrentDictionary<string, CancellationTokenSource> _open = [];
    private readonly SemaphoreSlim _writing = new(1, 1);
    private volatile string? _version;

    /// <summary>Until the client closes its end; what is still being waited for then is given up.</summary>
    public async Task RunAsync(TextReader input, CancellationToken stop)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var answers = new ConcurrentDictionary<Task, byte>();
        while (await input.ReadLineAsync(stop).ConfigureAwait(false) is { } line)
        {
            if (line.Length == 0)
            {
                continue;
            }

            // One after the other up to here: a cancellation finds the request that came before it.
            var carried = CarryAsync(line, end.Token);
            answers[carried] = 0;
            _ = carried.ContinueWith(done => answers.TryRemove(done, out _), TaskScheduler.Default);
        }

        await end.CancelAsync().ConfigureAwait(false);
        await Task.WhenAll(answers.Keys).ConfigureAwait(false);
    }

    private async Task CarryAsync(string line, CancellationToken end)
    {
        JsonElement message;
        try
        {
            message = JsonDocument.Parse(line).RootElement.Clone();
        }
        catch (JsonException e)
        {
            await FailAsync("null", ParseError, e.Message).ConfigureAwait(false);
            return;
        }

        var id = Member(message, "id")?.GetRawText();
        if (Member(message, "method")?.ToString() == "notifications/cancelled" && Member(message, "params") is { } what && Member(what, "requestId")?.GetRawText() is { } cancelled)
        {
            if (_open.TryGetValue(cancelled, out var request))
            {
                try
                {
                    await request.CancelAsync().ConfigureAwait(false);
                }
                catch (ObjectDisposedException)
                {
                    // It has been answered meanwhile.
                }
            }

            return;
        }

        using var stop = CancellationTokenSource.CreateLinkedTokenSource(end);
        if (id is not null)
        {
            _open[id] = stop;
        }

        try
        {
            await PostAsync(line, id, stop.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // Nobody waits for its answer any more.
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            await FailAsync(id, InternalError, $"Tether's daemon at {client.BaseAddress} cannot be reached: {e.Message}").ConfigureAwait(false);
        }
        finally
        {
            if (id is not null)
            {
                _open.TryRemove(id, out _);
            }
        }
    }

    private async Task PostAsync(string line, string? id, CancellationToken stop)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/mcp") { Content = new StringContent(line, new UTF8Encoding(false), "application/json") };
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("text/event-stream"));
        if (_version is { } version)
        {
            request.Headers.Add(VersionHeader, version);
        }

        using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, stop).ConfigureAwait(false);
        if (!response.IsSuccessStatusCode)
        {
            await FailAsync(id, InternalError, await ReasonAsync(response, stop).ConfigureAwait(false)).ConfigureAwait(false);
            return;
        }

        await using var body = await response.Content.ReadAsStreamAsync(stop).ConfigureAwait(false);
        if (response.Content.Headers.ContentType?.MediaType != "text/event-stream")
        {
            using var reader = new StreamReader(body);
            await TellAsync(await reader.ReadToEndAsync(stop).ConfigureAwait(false)).ConfigureAwait(false);
            return;
        }

        await foreach (var told in SseParser.Create(body).EnumerateAsync(stop).ConfigureAwait(false))
        {
            await TellAsync(told.Data).ConfigureAwait(false);
        }
    }

    private async Task TellAsync(string message)
    {
        if (string.IsNullOrWhiteSpace(message))
        {
            return;
        }

        if (_version is null)
        {
            _version = Version(message);
        }

        await WriteAsync(message.Replace('\n', ' ').Replace('\r', ' ')).ConfigureAwait(false);
    }

    // Pipes have no headers: what initialize agreed on is told with each request.
    private static string? Version(string message)
    {
        try
        {
            using var json = JsonDocument.Parse(message);
            return Member(json.RootElement, "result") is { } result ? Member(result, "protocolVersion")?.GetString() : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static async Task<string> ReasonAsync(HttpResponseMessage response, CancellationToken stop)
    {
        var text = await response.Content.ReadAsStringAsync(stop).ConfigureAwait(false);
        try
        {
            using var json = JsonDocument.Parse(text);
            return Member(json.RootElement, "error") is { } error && Member(error, "message")?.GetString() is { } message ? message : text;
        }
        catch (JsonException)
        {
            return $"HTTP {(int)response.StatusCode}: {text}";
        }
    }

    private Task FailAsync(string? id, int code, string message)
    {
        if (id is null)
        {
            return Task.CompletedTask;
        }

        using var text = new MemoryStream();
        using (var json = new Utf8JsonWriter(text))
        {
            json.WriteStartObject();
            json.WriteString("jsonrpc"u8, "2.0"u8);
            json.WritePropertyName("id"u8);
            json.WriteRawValue(id);
            json.WriteStartObject("error"u8);
            json.WriteNumber("code"u8, code);
            json.WriteString("message"u8, message);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        return WriteAsync(Encoding.UTF8.GetString(text.ToArray()));
    }

    private async Task WriteAsync(string line)
    {
        await _writing.WaitAsync().ConfigureAwait(false);
        try
        {
            await output.WriteAsync(Encoding.UTF8.GetBytes(line + "\n")).ConfigureAwait(false);
            await output.FlushAsync().ConfigureAwait(false);
        }
        finally
        {
            _writing.Release();
        }
    }

    private static JsonElement? Member(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) ? value : null;
}
