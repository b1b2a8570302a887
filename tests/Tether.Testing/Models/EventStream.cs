using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace Tether.Testing.Models;

/// <summary>Server-sent events, each sent at once.</summary>
internal sealed class EventStream(HttpContext http)
{
    /// <summary>`data:` alone.</summary>
    public Task Send(JsonObject data) => Write($"data: {data.ToJsonString()}\n\n");

    /// <summary>`event:` and `data:`, whose `type` is the event's name.</summary>
    public Task SendNamed(string type, JsonObject data)
    {
        data["type"] = type;
        return Write($"event: {type}\ndata: {data.ToJsonString()}\n\n");
    }

    public Task SendEnd() => Write("data: [DONE]\n\n");

    /// <summary>The time between two words.</summary>
    public Task Pause(TimeSpan time) => time > TimeSpan.Zero ? Task.Delay(time, TimeProvider.System, http.RequestAborted) : Task.CompletedTask;

    private async Task Write(string text)
    {
        if (!http.Response.HasStarted)
        {
            http.Response.ContentType = "text/event-stream";
            http.Response.Headers.CacheControl = "no-cache";
        }

        await http.Response.WriteAsync(text, http.RequestAborted);
        await http.Response.Body.FlushAsync(http.RequestAborted);
    }
}
