using System.Text.Json;
using Tether.Daemon.Agents.Stores;
using Tether.Protocol.Model;

namespace Tether.Daemon.Agents.Codex;

/// <summary>
/// The records of a rollout, as Codex 0.169 writes them: `{"timestamp","type","payload"}`. Of what is there twice, as an item of the model's API and as an
/// event, the item counts.
/// </summary>
internal sealed class CodexRecords : IRecordFormat
{
    // What Codex itself tells the model in the person's name.
    private static readonly string[] NoPrompts =
    [
        "<environment_context", "<user_instructions", "<turn_aborted", "<skill", "<permissions", "<apps_instructions", "<subagent_notification",
        "<user_shell_command", "<collaboration_mode", "# AGENTS.md instructions", "<INSTRUCTIONS",
    ];

    private static readonly string[] ExitCodes = ["Process exited with code ", "Exit code: "];

    public bool IsWorthReading(ReadOnlySpan<byte> line)
    {
        var head = line[..Math.Min(line.Length, 200)];
        return head.IndexOf("\"type\":\"world_state\""u8) < 0 && head.IndexOf("\"type\":\"token_"u8) < 0 && head.IndexOf("\"type\":\"turn_context\""u8) < 0;
    }

    public void Summarise(JsonElement record, SessionSummary summary)
    {
        summary.Happened(record.Time("timestamp"));
        var payload = record.Of("payload");
        switch (record.Text("type"))
        {
            case "session_meta":
                // A fork has the one it comes from behind its own.
                if (summary.Directory.Length == 0)
                {
                    summary.Directory = payload.Text("cwd") ?? "";
                    summary.Version = payload.Text("cli_version") ?? "";
                    summary.Parent = Parent(payload);
                }

                break;
            case "response_item" when payload.Is("type", "message"):
                if (payload.Is("role", "assistant"))
                {
                    summary.Messages++;
                }
                else if (payload.Is("role", "user") && Prompt(payload) is { } prompt)
                {
                    summary.Prompted(prompt);
                }

                break;
            case "event_msg" when payload.Is("type", "thread_name_updated"): summary.Name = StoreText.OneLine(payload.Text("thread_name")); break;
        }
    }

    public void Transcribe(JsonElement record, EntryList entries)
    {
        entries.At = record.Time("timestamp");
        var payload = record.Of("payload");
        switch (record.Text("type"))
        {
            case "response_item": Item(payload, entries); break;
            case "compacted": entries.Add(TranscriptRole.System, "the conversation was compacted"); break;
            case "event_msg" when payload.Is("type", "turn_aborted"): entries.Add(TranscriptRole.System, $"the turn was aborted ({payload.Text("reason") ?? "no reason given"})"); break;
            case "event_msg" when payload.Is("type", "error"): entries.Add(TranscriptRole.System, payload.Text("message") ?? "error", isError: true); break;
        }
    }

    public bool HasUsage(ReadOnlySpan<byte> line) => line[..Math.Min(line.Length, 200)].IndexOf("\"type\":\"token_count\""u8) >= 0;

    public void Count(JsonElement record, UsageTally tally)
    {
        var total = record.Of("payload").Of("info").Of("total_token_usage");
        if (total.ValueKind == JsonValueKind.Object)
        {
            var (cached, written) = (UsageTally.Count(total, "cached_input_tokens"), UsageTally.Count(total, "cache_write_input_tokens"));
            tally.State(new SessionUsage
            {
                InputTokens = Math.Max(0, UsageTally.Count(total, "input_tokens") - cached - written),
                CacheReadTokens = cached,
                CacheWriteTokens = written,
                OutputTokens = UsageTally.Count(total, "output_tokens"),
                ReasoningTokens = UsageTally.Count(total, "reasoning_output_tokens"),
            });
        }
    }

    private static void Item(JsonElement item, EntryList entries)
    {
        switch (item.Text("type"))
        {
            case "message" when item.Is("role", "assistant"): entries.Add(TranscriptRole.Assistant, StoreText.Content(item.Of("content"))); break;
            case "message" when item.Is("role", "user") && Prompt(item) is { } prompt: entries.Add(TranscriptRole.User, prompt); break;
            case "reasoning": entries.Add(TranscriptRole.Thinking, Reasoning(item)); break;
            case "function_call": entries.Add(TranscriptRole.Tool, ToolText.OfJson(item.Text("arguments") ?? ""), Name(item)); break;
            case "custom_tool_call": entries.Add(TranscriptRole.Tool, item.Text("input") ?? "", Name(item)); break;
            case "local_shell_call": entries.Add(TranscriptRole.Tool, ToolText.Of(item.Of("action")), "shell"); break;
            case "web_search_call": entries.Add(TranscriptRole.Tool, item.Of("action").Text("query") ?? ToolText.Of(item.Of("action")), "web_search"); break;
            case "function_call_output" or "custom_tool_call_output": Output(item.Of("output"), entries); break;
        }
    }

    private static string Name(JsonElement item) => item.Text("name") ?? "tool";

    private static string Reasoning(JsonElement item) =>
        StoreText.Content(item.Of("summary")) is { Length: > 0 } summary ? summary : StoreText.Content(item.Of("content"));

    // A text, parts, or {"output", "metadata": {"exit_code"}} as a text.
    private static void Output(JsonElement output, EntryList entries)
    {
        var text = output.Text("content") ?? StoreText.Content(output);
        if (text.StartsWith("{\"output\":", StringComparison.Ordinal))
        {
            using var document = RecordJson.Parse(System.Text.Encoding.UTF8.GetBytes(text));
            text = document?.RootElement.Text("output") ?? text;
        }

        var (shown, hasFailed) = Divide(text);
        entries.Add(TranscriptRole.Result, shown, isError: hasFailed || output.Of("success").ValueKind == JsonValueKind.False);
    }

    // Before what a command printed come lines of Codex's own, the last of them `Output:`; the exit code is in one.
    private static (string Shown, bool HasFailed) Divide(string text)
    {
        const string Last = "Output:\n";
        var end = text.IndexOf(Last, 0, Math.Min(text.Length, 400), StringComparison.Ordinal);
        if (end < 0 || (end > 0 && text[end - 1] != '\n'))
        {
            return (text, false);
        }

        var code = text[..end].Split('\n').Select(line => ExitCodes.FirstOrDefault(start => line.StartsWith(start, StringComparison.Ordinal)) is { } start ? line[start.Length..] : null)
            .FirstOrDefault(code => code is not null);
        return (text[(end + Last.Length)..] is { Length: > 0 } output ? output : $"(exit code {code ?? "unknown"})", code is not (null or "0"));
    }

    private static string? Prompt(JsonElement message)
    {
        var text = string.Join('\n', message.Of("content").Items()
            .Select(part => part.Is("type", "input_image") ? "[image]" : part.Text("text") ?? "")
            .Where(part => part.Length > 0 && !NoPrompts.Any(start => part.StartsWith(start, StringComparison.Ordinal))));
        return text.Length == 0 ? null : text;
    }

    // {"subagent": {"thread_spawn": {"parent_thread_id", …}}}, or {"subagent": "review"}.
    private static string? Parent(JsonElement payload)
    {
        var subagent = payload.Of("source").Of("subagent");
        return subagent.ValueKind == JsonValueKind.Undefined
            ? null
            : subagent.Of("thread_spawn").Text("parent_thread_id") ?? payload.Text("session_id") ?? "";
    }
}
