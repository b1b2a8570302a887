using System.Text.Json.Nodes;

namespace Tether.Testing.Models;

/// <summary>What the model answers to one request: calls, or else a text, or an error.</summary>
internal sealed record ScriptStep
{
    /// <summary>No other answer has it: Claude joins those of one id to one message.</summary>
    public string Id { get; } = Script.NewId();

    public ToolCall[] Calls { get; init; } = [];

    public string Text { get; init; } = "";

    /// <summary>Reasoning that comes first; null for none.</summary>
    public string? Thought { get; init; }

    /// <summary>Before the answer begins.</summary>
    public TimeSpan Wait { get; init; }

    /// <summary>Waits until the test releases this name; null for no wait.</summary>
    public string? Hold { get; init; }

    /// <summary>Between two words.</summary>
    public TimeSpan WordPause { get; init; }

    /// <summary>HTTP status; null for an answer.</summary>
    public int? Error { get; init; }

    public string ErrorType => Error switch { 429 => "rate_limit_error", 401 => "authentication_error", 529 => "overloaded_error", _ => "api_error" };

    /// <summary>The text word by word, blanks included.</summary>
    public IEnumerable<string> Words
    {
        get
        {
            var start = 0;
            for (var at = 1; at < Text.Length; at++)
            {
                if (char.IsWhiteSpace(Text[at - 1]) && !char.IsWhiteSpace(Text[at]))
                {
                    yield return Text[start..at];
                    start = at;
                }
            }

            yield return Text[start..];
        }
    }
}

/// <summary>One call of a tool.</summary>
/// <param name="Id">24 hex digits; the API puts its own beginning before it.</param>
/// <param name="Name">As the agent calls it.</param>
/// <param name="Arguments">Null for a tool that takes a text.</param>
/// <param name="Text">What such a tool takes.</param>
/// <param name="Server">The MCP server whose tool it is; each agent calls those in its own way. Null for the agent's own.</param>
internal sealed record ToolCall(string Id, string Name, JsonObject? Arguments, string? Text = null, string? Server = null)
{
    public string Json => Arguments?.ToJsonString() ?? "{}";
}
