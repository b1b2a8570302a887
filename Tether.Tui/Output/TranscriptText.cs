using System.Text;
using Tether.Protocol.Model;

namespace Tether.Tui.Output;

/// <summary>Entries of a transcript as lines: what the person said behind `›`, tools behind `●`, what they brought behind `│`, thoughts behind `~`.</summary>
/// <param name="HasColors">With the terminal's own colours.</param>
/// <param name="HasThinking">With what the agent thought.</param>
/// <param name="IsWhole">All lines of tools, not only the first ones.</param>
internal sealed record TranscriptText(bool HasColors, bool HasThinking = true, bool IsWhole = false)
{
    private const int ToolLines = 12, ResultLines = 6;

    /// <summary>The entry's lines, each with its end, and an empty one behind what was said; empty for what is left out.</summary>
    public string Of(TranscriptEntry entry)
    {
        var text = new StringBuilder();
        foreach (var line in Lines(entry))
        {
            text.Append(line).Append('\n');
        }

        return text.ToString();
    }

    /// <summary>The same as lines, the last one empty where something follows at a distance.</summary>
    public IEnumerable<string> Lines(TranscriptEntry entry)
    {
        var lines = entry.Text.Split('\n');
        var agent = entry.SubAgent is { } subAgent ? $"[{subAgent}] " : "";
        switch (entry.Role)
        {
            case TranscriptRole.User: return [.. Marked("1;36", $"{agent}› ", lines), ""];
            case TranscriptRole.Assistant: return [.. Marked(entry.IsError ? "31" : null, agent, lines), ""];
            case TranscriptRole.Thinking when HasThinking: return [.. Marked("2;3", $"{agent}~ ", lines), ""];
            case TranscriptRole.Thinking: return [];
            case TranscriptRole.Tool: return Marked("33", $"{agent}● {entry.Tool}{(entry.Text.Length > 0 ? "  " : "")}", Cut(lines, ToolLines), indent: "    ");
            case TranscriptRole.Result: return [.. Marked(entry.IsError ? "31" : "2", "  │ ", Cut(lines, ResultLines), indent: "  │ "), ""];
            default: return [.. Marked(entry.IsError ? "31" : "35", $"{agent}· ", Cut(lines, ToolLines)), ""];
        }
    }

    private string[] Cut(string[] lines, int most) =>
        IsWhole || lines.Length <= most + 1 ? lines : [.. lines[..most], $"… {lines.Length - most} more lines"];

    private IEnumerable<string> Marked(string? style, string mark, string[] lines, string? indent = null)
    {
        indent ??= new string(' ', mark.Length > 0 && mark[^1] == ' ' ? Math.Min(mark.Length, 2) : 0);
        return lines.Select((line, index) => (index == 0 ? mark : indent) + line).Select(line => HasColors && style is not null ? $"\e[{style}m{line}\e[m" : line);
    }
}
