using System.Text.Json.Nodes;
using Tether.Daemon.Events;

namespace Tether.Daemon.Server.Mcp;

/// <summary>Events as tools return them.</summary>
internal static class McpEvents
{
    /// <summary>`{events: [{seq, type, at, data}], next_seq}`, as many of them as a model may be given at once.</summary>
    public static JsonObject Write(EventPage page)
    {
        var events = new JsonArray();
        var next = page.Next;
        var length = 0;
        foreach (var happened in page.Events)
        {
            length += happened.Data.Length;
            if (length > McpOutput.MostCharacters && events.Count > 0)
            {
                break;
            }

            events.Add((JsonNode)new JsonObject
            {
                ["seq"] = happened.Seq,
                ["type"] = happened.Type,
                ["at"] = McpOutput.Time(happened.At),
                ["data"] = happened.Data.Length <= McpOutput.MostCharacters ? JsonNode.Parse(happened.Data.Span) : $"[{happened.Data.Length} bytes are left out]",
            });
            next = events.Count == page.Events.Count ? page.Next : happened.Seq;
        }

        return new JsonObject { ["events"] = events, ["next_seq"] = next };
    }
}
