using System.Reflection;
using System.Text.RegularExpressions;
using Tether.Daemon.Events;

namespace Tether.Daemon.Tests.Server.Api;

/// <summary>The types of events as rows of a table, from their comments in the source.</summary>
internal static partial class EventTypeDocument
{
    public static IEnumerable<string> Rows()
    {
        var source = File.ReadAllText(Path.Combine(SourceTree.PathOf("Tether.Daemon"), "Events", "EventTypes.cs"));
        var rows = Constant().Matches(source).Select(match => $"| `{match.Groups["name"].Value}` | {match.Groups["text"].Value.Replace("|", "\\|", StringComparison.Ordinal)} |").ToArray();
        return rows.Length == typeof(EventTypes).GetFields(BindingFlags.Static | BindingFlags.Public).Length ? rows
            : throw new InvalidOperationException("a type of events has no comment");
    }

    [GeneratedRegex("""/// <summary>(?<text>.*)</summary>\s*public const string \w+ = "(?<name>\w+)";""")]
    private static partial Regex Constant();
}
