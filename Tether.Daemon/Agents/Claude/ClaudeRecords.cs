using System.Text.Json;
using Tether.Daemon.Agents.Stores;
using Tether.Protocol.Model;

namespace Tether.Daemon.Agents.Claude;

/// <summary>
/// The records of `~/.claude/projects/FOLDER/ID.jsonl`, as Claude Code 2.1 writes them: `user` and `assistant` with a message of Anthropic's API, `system`,
/// titles, and much that is nobody's words (attachments, whole requests).
/// </summary>
internal sealed class ClaudeRecords : IRecordFormat
{
    // What Claude Code itself writes in the person's name.
    private static readonly string[] NoPrompts =
        ["<command-", "<local-command-", "<system-", "<task-notification", "<bash-", "[Request interrupted", "[Response interrupted", "[Tool result", "Caveat: The messages below", "This session is being continued"];

    public bool IsWorthReading(ReadOnlySpan<byte> line) =>
        !line.StartsWith("{\"type\":\"api-request"u8) && !line.StartsWith("{\"type\":\"queue-operation\""u8) && !line.StartsWith("{\"type\":\"file-history"u8)
        && (line.IndexOf("\"type\":\"attachment\""u8) < 0 || line.IndexOf("\"message\":{"u8) >= 0);

    public void Summarise(JsonElement record, SessionSummary summary)
    {
        if (summary.Directory.Length == 0 && record.Text("cwd") is { Length: > 0 } directory)
        {
            summary.Directory = directory;
        }

        summary.Version = record.Text("version") ?? summary.Version;
        summary.Happened(record.Time("timestamp"));
        switch (record.Text("type"))
        {
            case "user" when !record.IsTrue("isSidechain"):
                if (Prompt(record) is { } prompt)
                {
                    summary.Prompted(prompt);
                }

                break;
            case "assistant" when !record.IsTrue("isSidechain"): summary.Messages++; break;
            case "custom-title": summary.Name = StoreText.OneLine(record.Text("customTitle")); break;
            case "ai-title": summary.AgentsTitle = StoreText.OneLine(record.Text("aiTitle")); break;
            case "agent-name" when summary.Name.Length == 0: summary.Name = StoreText.OneLine(record.Text("agentName")); break;
            case "summary": summary.AgentsTitle = StoreText.OneLine(record.Text("summary")); break;
            case "last-prompt" when StoreText.OneLine(record.Text("lastPrompt")) is { Length: > 0 } last: summary.LastPrompt = last; break;
        }
    }

    public void Transcribe(JsonElement record, EntryList entries)
    {
        entries.At = record.Time("timestamp");
        var message = record.Of("message");
        switch (record.Text("type"))
        {
            case "user": User(record, message.Of("content"), entries); break;
            case "assistant": Assistant(record, message.Of("content"), entries); break;
            case "system" when record.Text("content") is { } text:
                entries.Add(TranscriptRole.System, text, isError: record.Is("level", "error") || record.Is("subtype", "api_error"));
                break;
        }
    }

    public bool HasUsage(ReadOnlySpan<byte> line) => IsWorthReading(line) && line.IndexOf("\"usage\":{"u8) >= 0;

    // Each part of an answer is a record of its own, with the usage of the whole answer so far.
    public void Count(JsonElement record, UsageTally tally)
    {
        var message = record.Of("message");
        var usage = message.Of("usage");
        if (record.Is("type", "assistant") && usage.ValueKind == JsonValueKind.Object)
        {
            tally.Add(message.Text("id") ?? record.Text("uuid") ?? "", new SessionUsage
            {
                InputTokens = UsageTally.Count(usage, "input_tokens"),
                CacheReadTokens = UsageTally.Count(usage, "cache_read_input_tokens"),
                CacheWriteTokens = UsageTally.Count(usage, "cache_creation_input_tokens"),
                OutputTokens = UsageTally.Count(usage, "output_tokens"),
                ReasoningTokens = UsageTally.Count(usage.Of("output_tokens_details"), "thinking_tokens"),
            });
        }
    }

    private static string? Prompt(JsonElement record)
    {
        if (record.IsTrue("isMeta") || record.IsTrue("isCompactSummary"))
        {
            return null;
        }

        var content = record.Of("message").Of("content");
        var text = content.AsText() ?? string.Join('\n', content.Items().Where(part => part.Is("type", "text")).Select(part => part.Text("text")));
        return text.Length == 0 || NoPrompts.Any(start => text.StartsWith(start, StringComparison.Ordinal)) ? null : text;
    }

    private static void User(JsonElement record, JsonElement content, EntryList entries)
    {
        foreach (var part in content.Items().Where(part => part.Is("type", "tool_result")))
        {
            entries.Add(TranscriptRole.Result, StoreText.Content(part.Of("content")), isError: part.IsTrue("is_error"));
        }

        if (Prompt(record) is not null)
        {
            entries.Add(TranscriptRole.User, Parts(content));
        }
        else if (!record.IsTrue("isMeta"))
        {
            entries.Add(TranscriptRole.System, Parts(content));
        }
    }

    private static string Parts(JsonElement content) => content.AsText() ?? string.Join('\n', content.Items()
        .Where(part => !part.Is("type", "tool_result"))
        .Select(part => part.Text("text") ?? (part.Is("type", "image") ? "[image]" : part.Is("type", "document") ? "[document]" : ""))
        .Where(text => text.Length > 0));

    private static void Assistant(JsonElement record, JsonElement content, EntryList entries)
    {
        var isError = record.IsTrue("isApiErrorMessage");
        if (content.AsText() is { } whole)
        {
            entries.Add(TranscriptRole.Assistant, whole, isError: isError);
        }

        foreach (var part in content.Items())
        {
            switch (part.Text("type"))
            {
                case "text": entries.Add(TranscriptRole.Assistant, part.Text("text") ?? "", isError: isError); break;
                case "thinking": entries.Add(TranscriptRole.Thinking, part.Text("thinking") ?? ""); break;
                case "tool_use" or "server_tool_use": entries.Add(TranscriptRole.Tool, ToolText.Of(part.Of("input")), part.Text("name") ?? "tool"); break;
                case "web_search_tool_result": entries.Add(TranscriptRole.Result, StoreText.Content(part.Of("content"))); break;
            }
        }
    }
}
