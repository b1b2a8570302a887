using Tether.Protocol.Model;
using Tether.Tui.Output;

namespace Tether.Tui.Commands.Rules;

/// <summary>Rules in words, and as the options that make them.</summary>
internal static class RuleText
{
    public static string Of(PolicyRule rule) => $"{Verdict(rule)} {What(rule)}";

    public static string Verdict(PolicyRule rule) => rule.Verdict switch
    {
        PolicyVerdict.Allow => "allow",
        PolicyVerdict.Ask => "ask",
        _ => "deny",
    };

    public static string What(PolicyRule rule)
    {
        string[] parts =
        [
            Joined("", rule.Commands.Select(command => $"`{command} …`")),
            Joined("", rule.Tools),
            Joined("", rule.Classes.Select(Class)),
            Joined("files ", rule.Paths),
            Joined("hosts ", rule.Hosts),
            Joined("in ", rule.Directories.Select(SessionText.ShortDirectory)),
            Joined("of ", rule.Agents),
            Joined("session ", rule.Sessions),
            Joined("tagged ", rule.Tags),
            rule.Hours ?? "",
        ];
        var what = string.Join(", ", parts.Where(part => part.Length > 0));
        return what.Length > 0 ? what : "everything";
    }

    /// <summary>How long and how often it still counts; empty for ever.</summary>
    public static string Left(PolicyRule rule, DateTimeOffset now)
    {
        var time = rule.Until is { } until ? until <= now ? "over" : SessionText.Age(until - now) : "";
        var uses = rule.Uses is { } left ? $"{left}×" : "";
        return $"{time} {uses}".Trim();
    }

    /// <summary>What `rules add` takes, quoted for a shell.</summary>
    public static string Options(PolicyRule rule) => string.Join(' ',
    [
        "--" + Verdict(rule),
        .. Each("--command", rule.Commands), .. Each("--tool", rule.Tools), .. Each("--class", rule.Classes.Select(Class)),
        .. Each("--dir", rule.Directories), .. Each("--path", rule.Paths), .. Each("--host", rule.Hosts),
    ]);

    private static IEnumerable<string> Each(string option, IEnumerable<string> values) => values.Select(value => $"{option} {Quoted(value)}");

    private static string Quoted(string value) => value.All(c => char.IsAsciiLetterOrDigit(c) || c is '/' or '.' or '-' or '_')
        ? value
        : $"'{value.Replace("'", "'\\''", StringComparison.Ordinal)}'";

    private static string Joined(string before, IEnumerable<string> values)
    {
        var joined = string.Join(", ", values);
        return joined.Length > 0 ? before + joined : "";
    }

    private static string Class(ToolClass name) => name switch
    {
        ToolClass.SubAgent => "sub-agent",
        _ => name.ToString().ToLowerInvariant(),
    };
}
