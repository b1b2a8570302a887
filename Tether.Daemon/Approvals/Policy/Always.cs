using Tether.Daemon.Approvals.Facts;
using Tether.Protocol.Model;

namespace Tether.Daemon.Approvals.Policy;

/// <summary>What `always` can mean for an ask. Nothing for what is always asked, and no beginning of a command for what is risky.</summary>
internal static class Always
{
    private const int ShortMinutes = 10;
    private const int LongMinutes = 30;

    public static IEnumerable<(string Id, string Text, PolicyRule Rule)> Of(AskReading reading, PolicySubject subject, DateTimeOffset now)
    {
        if (NeverAutomatic.Reason(reading.Ask) is not null || reading.Facts.Unreadable is not null || reading.SessionDirectory is not { } folder)
        {
            yield break;
        }

        if (Prefixes.Of(reading) is { Length: > 0 } prefixes)
        {
            yield return ("prefix", $"{string.Join(", ", prefixes.Select(prefix => $"`{prefix} …`"))} in {folder}, for ever",
                New(subject, "prefix") with { Sessions = [], Commands = prefixes, Directories = [folder] });
        }

        if (reading.Ask is { ToolClass: ToolClass.Edit, Command: null } && reading.Parts.SelectMany(part => part.Paths).ToArray() is { Length: > 0 and <= 8 } edited
            && edited.All(path => path.Real is { } real && !real.Contains('*', StringComparison.Ordinal) && !real.Contains('?', StringComparison.Ordinal)))
        {
            string[] files = [.. edited.Select(path => path.Real!).Distinct()];
            yield return ("file", $"edits of {string.Join(", ", files)} in this session", New(subject, "file") with { Classes = [ToolClass.Edit], Paths = files });
        }

        if (reading.Ask.Tool is { Length: > 0 } tool && !tool.Contains('*', StringComparison.Ordinal))
        {
            yield return ("tool-30m", $"{tool} in this session, whatever it does, for {LongMinutes} minutes",
                New(subject, "tool-30m") with { Tools = [tool], Until = now.AddMinutes(LongMinutes) });
            yield return ("session", $"{tool} in this session, whatever it does, as long as the session lasts", New(subject, "session") with { Tools = [tool] });
        }

        yield return ("dir-10m", $"everything that is done in {folder} and names no file outside it, for {ShortMinutes} minutes, in all sessions",
            New(subject, "dir-10m") with { Sessions = [], Agents = [], Directories = [folder], Paths = [folder.TrimEnd('/') + "/**"], Until = now.AddMinutes(ShortMinutes) });
    }

    private static PolicyRule New(PolicySubject subject, string offer) => new()
    {
        Verdict = PolicyVerdict.Allow,
        Agents = [subject.Agent],
        Sessions = [subject.Session],
        Origin = $"always {offer}",
    };
}
