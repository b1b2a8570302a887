using Tether.Protocol.Model;

namespace Tether.Tui.Dashboard.Model;

/// <summary>What happened to a session while nobody looked, in one line.</summary>
internal static class SinceYouLeft
{
    private const int Kilo = 1000;

    /// <summary>As in `since you left 14m ago: 320 lines, 2 commands ok, 1 failed (exit 2), 5 files changed, finished 3m ago`. Null if nothing happened.</summary>
    public static string? Text(Absence absence, DateTimeOffset now)
    {
        var parts = Parts(absence, now).ToList();
        return parts.Count == 0 ? null : $"since you left {AgeText.Of(absence.Look.At, now)} ago: {string.Join(", ", parts)}";
    }

    /// <summary>When <see cref="Text"/> says something else by time alone.</summary>
    public static DateTimeOffset NextChange(Absence absence, DateTimeOffset now)
    {
        var (left, status) = (AgeText.NextChange(absence.Look.At, now), AgeText.NextChange(absence.Item.Since, now));
        return left < status ? left : status;
    }

    private static IEnumerable<string> Parts(Absence absence, DateTimeOffset now)
    {
        if (Output(absence) is { } output)
        {
            yield return output;
        }

        var commands = absence.Commands;
        if (commands.Succeeded > 0)
        {
            yield return $"{Count(commands.Succeeded, "command")} ok";
        }

        if (commands.Failed > 0)
        {
            var failed = commands.Succeeded > 0 ? $"{commands.Failed}" : Count(commands.Failed, "command");
            yield return $"{failed} failed ({(commands.Failed > 1 ? "last " : "")}exit {commands.LastFailure})";
        }

        if (absence.FilesChanged is > 0 and var files)
        {
            yield return $"{Count(files, "file")} changed";
        }

        if (Fate(absence, now) is { } fate)
        {
            yield return fate;
        }
    }

    private static string? Output(Absence absence) => (absence.LinesPrinted, absence.BytesPrinted) switch
    {
        ( > 0 and var lines, _) => Count(lines, "line"),
        (_, 0) => null,
        (_, < Kilo and var bytes) => Count(bytes, "byte"),
        (_, < Kilo * Kilo and var bytes) => $"{bytes / Kilo} kB",
        (_, var bytes) => $"{bytes / (Kilo * Kilo)} MB",
    };

    private static string? Fate(Absence absence, DateTimeOffset now)
    {
        var item = absence.Item;
        var age = AgeText.Of(item.Since, now);
        return item.Status switch
        {
            var status when StatusText.NeedsPerson(status) => $"asked for you {age} ago",
            SessionStatus.WaitingQuietly => $"waiting for {age}",
            _ when item.Record.State == SessionState.Running || item.Record.EndedAt <= absence.Look.At => null,
            SessionStatus.Done => $"finished {age} ago",
            _ => StatusText.End(item.Record) is { Length: > 0 } how ? $"{item.Word} {age} ago ({how})" : $"{item.Word} {age} ago",
        };
    }

    private static string Count(long count, string noun) => count == 1 ? $"1 {noun}" : $"{count} {noun}s";
}
