using System.Text.Json;
using Tether.Daemon.Agents.Stores;
using Tether.Protocol.Model;

namespace Tether.Daemon.Agents.Pi;

/// <summary>The records of pi's sessions, version 3: a head, then entries of a tree, of which `message` has what was said.</summary>
internal sealed class PiRecords : IRecordFormat
{
    public bool IsWorthReading(ReadOnlySpan<byte> line) => true;

    public void Summarise(JsonElement record, SessionSummary summary)
    {
        summary.Happened(record.Time("timestamp"));
        switch (record.Text("type"))
        {
            case "session":
                summary.Directory = record.Text("cwd") ?? "";
                break;
            case "session_info": summary.Name = StoreText.OneLine(record.Text("name")); break;
            case "message" when record.Of("message").Is("role", "user"): summary.Prompted(StoreText.Content(record.Of("message").Of("content"))); break;
            case "message" when record.Of("message").Is("role", "assistant"): summary.Messages++; break;
        }
    }

    public void Transcribe(JsonElement record, EntryList entries)
    {
        entries.At = record.Time("timestamp");
        switch (record.Text("type"))
        {
            case "message": Message(record.Of("message"), entries); break;
            case "custom_message" when !record.Of("display").ValueKind.Equals(JsonValueKind.False): entries.Add(TranscriptRole.System, StoreText.Content(record.Of("content"))); break;
            case "model_change": entries.Add(TranscriptRole.System, $"model: {record.Text("provider")}/{record.Text("modelId")}"); break;
            case "thinking_level_change": entries.Add(TranscriptRole.System, $"thinking: {record.Text("thinkingLevel")}"); break;
            case "compaction": entries.Add(TranscriptRole.System, $"the conversation was compacted:\n{record.Text("summary")}"); break;
            case "branch_summary": entries.Add(TranscriptRole.System, $"another branch was left:\n{record.Text("summary")}"); break;
        }
    }

    public bool HasUsage(ReadOnlySpan<byte> line) => line.IndexOf("\"usage\":{"u8) >= 0;

    // What was said on branches that were left was paid for too.
    public void Count(JsonElement record, UsageTally tally)
    {
        var message = record.Of("message");
        var usage = message.Of("usage");
        if (message.Is("role", "assistant") && usage.ValueKind == JsonValueKind.Object)
        {
            tally.Add(new SessionUsage
            {
                InputTokens = UsageTally.Count(usage, "input"),
                CacheReadTokens = UsageTally.Count(usage, "cacheRead"),
                CacheWriteTokens = UsageTally.Count(usage, "cacheWrite"),
                OutputTokens = UsageTally.Count(usage, "output"),
                CostUsd = usage.Of("cost").Of("total") is { ValueKind: JsonValueKind.Number } cost ? cost.GetDouble() : null,
            });
        }
    }

    private static void Message(JsonElement message, EntryList entries)
    {
        switch (message.Text("role"))
        {
            case "user": entries.Add(TranscriptRole.User, StoreText.Content(message.Of("content"))); break;
            case "assistant": Assistant(message, entries); break;
            case "toolResult": entries.Add(TranscriptRole.Result, StoreText.Content(message.Of("content")), isError: message.IsTrue("isError")); break;
            case "bashExecution":
                entries.Add(TranscriptRole.Tool, message.Text("command") ?? "", "bash");
                entries.Add(TranscriptRole.Result, message.Text("output") ?? "", isError: message.Of("exitCode") is { ValueKind: JsonValueKind.Number } code && code.GetDouble() != 0);
                break;
        }
    }

    private static void Assistant(JsonElement message, EntryList entries)
    {
        foreach (var part in message.Of("content").Items())
        {
            switch (part.Text("type"))
            {
                case "text": entries.Add(TranscriptRole.Assistant, part.Text("text") ?? ""); break;
                case "thinking": entries.Add(TranscriptRole.Thinking, part.Text("thinking") ?? ""); break;
                case "toolCall": entries.Add(TranscriptRole.Tool, ToolText.Of(part.Of("arguments")), part.Text("name") ?? "tool"); break;
            }
        }

        if (message.Is("stopReason", "aborted"))
        {
            entries.Add(TranscriptRole.System, "the turn was aborted");
        }
        else if (message.Is("stopReason", "error"))
        {
            entries.Add(TranscriptRole.System, message.Text("errorMessage") ?? "error", isError: true);
        }
    }
}
