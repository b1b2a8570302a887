using Tether.Protocol.Model;

namespace Tether.Daemon.Agents.Screens;

/// <summary>
/// One rule of a rule file: when every pattern of <see cref="All"/>, one of <see cref="Any"/> (if there are any) and none of <see cref="Not"/> is found in
/// the region, the agent is in that state.
/// </summary>
internal sealed record ScreenRule
{
    /// <summary>Unique in its file.</summary>
    public required string Id { get; init; }

    /// <summary><see cref="AgentState.Unknown"/>: the screen says nothing, whatever rules of less priority find.</summary>
    public required AgentState State { get; init; }

    /// <summary>Of the rules that match the one with the highest counts; of equals the first.</summary>
    public int Priority { get; init; }

    public required ScreenRegion Region { get; init; }

    public ScreenPattern[] All { get; init; } = [];

    public ScreenPattern[] Any { get; init; } = [];

    public ScreenPattern[] Not { get; init; } = [];

    /// <summary>Its first group, or the whole match, is <see cref="AgentStatus.Detail"/>.</summary>
    public ScreenPattern? Detail { get; init; }

    /// <summary>Its first group, or the whole match, is a time of the day or a date, in the local time zone: <see cref="AgentStatus.Until"/>.</summary>
    public ScreenPattern? Until { get; init; }

    public bool Matches(ReadOnlySpan<char> text)
    {
        foreach (var pattern in All)
        {
            if (!pattern.IsMatch(text))
            {
                return false;
            }
        }

        foreach (var pattern in Not)
        {
            if (pattern.IsMatch(text))
            {
                return false;
            }
        }

        var isAny = Any.Length == 0;
        foreach (var pattern in Any)
        {
            isAny = isAny || pattern.IsMatch(text);
        }

        return isAny;
    }

    /// <summary>What a pattern captures in the text where it is found last, on one line; empty when it is null or not found.</summary>
    public static string Capture(ScreenPattern? pattern, ReadOnlySpan<char> text)
    {
        if (pattern?.Last(text.ToString()) is not { } match)
        {
            return "";
        }

        var found = match.Groups.Count > 1 ? match.Groups[1].Value : match.Value;
        return string.Join(' ', found.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
    }
}
