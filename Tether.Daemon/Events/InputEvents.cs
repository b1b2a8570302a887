namespace Tether.Daemon.Events;

/// <summary>Logs what people, and programs for them, say to agents. What is typed key by key is nobody's business, nor is a line that its program does not echo.</summary>
internal sealed class InputEvents(IEventLog log, TimeProvider clock)
{
    /// <param name="by">The client's name.</param>
    /// <param name="surface">Where it was said, as `api`.</param>
    public void Said(string session, string text, string by, string surface)
    {
        var now = clock.GetUtcNow();
        log.Post(session, now, EventTypes.UserInput, EventJson.Write(json =>
        {
            json.WriteString("text", text);
            json.WriteString("by", by);
            json.WriteString("surface", surface);
            json.WriteString("timestamp", EventJson.TimeText(now));
        }));
    }
}
