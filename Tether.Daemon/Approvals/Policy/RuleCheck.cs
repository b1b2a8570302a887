using Tether.Protocol.Model;

namespace Tether.Daemon.Approvals.Policy;

/// <summary>What a rule may say.</summary>
internal static class RuleCheck
{
    private const int MostEntries = 256;
    private const int LongestEntry = 4096;

    /// <summary>What is wrong and what is allowed; null when nothing is. Commands are checked where they are read.</summary>
    public static string? ProblemOf(PolicyRule rule)
    {
        string[][] lists = [rule.Agents, rule.Sessions, rule.Tags, rule.Directories, rule.Tools, rule.Commands, rule.Paths, rule.Hosts];
        if (lists.Any(list => list.Length > MostEntries || list.Any(entry => string.IsNullOrWhiteSpace(entry) || entry.Length > LongestEntry || entry.Any(char.IsControl))))
        {
            return $"a list has 1–{MostEntries} entries of 1–{LongestEntry} characters, none of them blank";
        }

        if (!Enum.IsDefined(rule.Verdict))
        {
            return "the verdict is allow, ask or deny";
        }

        if (rule.Verdict == PolicyVerdict.Allow && rule.Tools.Length + rule.Classes.Length + rule.Commands.Length + rule.Paths.Length + rule.Hosts.Length + rule.Directories.Length == 0)
        {
            return "a rule that allows says what: tools, classes, commands, paths, hosts or directories";
        }

        if (rule.Verdict == PolicyVerdict.Allow && rule.Classes.FirstOrDefault(name => name is ToolClass.Question or ToolClass.Plan or ToolClass.SubAgent) is var never and not ToolClass.Other)
        {
            return $"{never} is never allowed by a rule; classes are command, edit, read, network, other";
        }

        return rule.Directories.FirstOrDefault(folder => !(folder.StartsWith('/') || folder is "~" or ['~', '/', ..])) is { } relative ? $"the directory \"{relative}\" is neither absolute nor begins with ~/"
            : rule.Directories.FirstOrDefault(folder => folder.Contains('*', StringComparison.Ordinal)) is { } glob ? $"the directory \"{glob}\" has a `*`; a folder stands for all below it"
            : rule.Hosts.FirstOrDefault(host => !IsHost(host)) is { } host ? $"\"{host}\" is no host; a host is example.com or *.example.com"
            : rule.Tools.FirstOrDefault(tool => tool.IndexOf('*', StringComparison.Ordinal) is >= 0 and var star && star < tool.Length - 1) is { } tool ? $"the tool \"{tool}\" has a `*` that is not at its end"
            : rule.Hours is { } hours && DayHours.Parse(hours) is null ? $"\"{hours}\" are no hours; they are 09:00-18:30"
            : rule.Uses is < 1 or > 1_000_000 ? "uses are 1–1000000"
            : rule.Id.Length > 64 || rule.Id.Any(c => !(char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.')) ? "an id has at most 64 letters, digits, dots, dashes and underscores"
            : rule.Note.Length > 1000 ? "a note has at most 1000 characters"
            : null;
    }

    private static bool IsHost(string host)
    {
        var name = host.StartsWith("*.", StringComparison.Ordinal) ? host[2..] : host;
        return name.Length > 0 && name.All(c => char.IsLetterOrDigit(c) || c is '-' or '.' or '_' or ':' or '[' or ']');
    }
}
