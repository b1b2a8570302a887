using Tether.Daemon.Approvals.Facts;
using Tether.Protocol.Model;

namespace Tether.Daemon.Approvals.Policy;

/// <summary>A rule that has been checked, with its patterns ready. Immutable.</summary>
internal sealed class CompiledRule
{
    private CompiledRule(PolicyRule rule, CommandPattern[] commands, DayHours? hours)
    {
        Rule = rule;
        Commands = commands;
        Hours = hours;
    }

    public PolicyRule Rule { get; }

    public IReadOnlyList<CommandPattern> Commands { get; }

    public DayHours? Hours { get; }

    /// <summary>Null, and what is wrong and what is allowed, when the rule says nothing that can be kept.</summary>
    public static CompiledRule? Of(PolicyRule rule, out string problem)
    {
        problem = RuleCheck.ProblemOf(rule) ?? "";
        var commands = new List<CommandPattern>();
        foreach (var text in rule.Commands)
        {
            if (CommandPattern.Parse(text, out var reason) is { } pattern)
            {
                commands.Add(pattern);
            }
            else
            {
                problem = $"the command \"{text}\" cannot be compared: {reason}";
            }
        }

        DayHours? hours = rule.Hours is { } given ? DayHours.Parse(given) : null;
        return problem.Length == 0 ? new CompiledRule(rule, [.. commands], hours) : null;
    }

    /// <summary>The same with so many uses gone, for rules that count them.</summary>
    public CompiledRule Left(int used) => Rule.Uses is { } uses && used > 0 ? new(Rule with { Uses = Math.Max(0, uses - used) }, [.. Commands], Hours) : this;

    /// <summary>The same with no uses left.</summary>
    public CompiledRule Spent() => new(Rule with { Uses = 0 }, [.. Commands], Hours);

    /// <summary>Whether it counts for who asks, with which tool, at this time; commands, paths and hosts aside.</summary>
    public bool IsInScope(Ask ask, PolicySubject subject, DateTimeOffset now, TimeZoneInfo zone)
    {
        if (Rule.Until <= now || Rule.Uses <= 0 || (Hours is { } hours && !hours.Contains(TimeOnly.FromDateTime(TimeZoneInfo.ConvertTime(now, zone).DateTime))))
        {
            return false;
        }

        return (Rule.Agents.Length == 0 || Rule.Agents.Contains(subject.Agent, StringComparer.OrdinalIgnoreCase))
            && (Rule.Sessions.Length == 0 || Rule.Sessions.Contains(subject.Session, StringComparer.Ordinal))
            && (Rule.Tags.Length == 0 || Rule.Tags.Any(tag => subject.Tags.Contains(tag)))
            && (Rule.Classes.Length == 0 || Rule.Classes.Contains(ask.ToolClass))
            && (Rule.Tools.Length == 0 || (ask.Tool is { } tool && Rule.Tools.Any(name => ToolFits(name, tool))));
    }

    private static bool ToolFits(string name, string tool) => name.EndsWith('*')
        ? tool.StartsWith(name[..^1], StringComparison.OrdinalIgnoreCase)
        : string.Equals(name, tool, StringComparison.OrdinalIgnoreCase);
}
