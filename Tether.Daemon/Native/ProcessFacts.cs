using System.Globalization;

namespace Tether.Daemon.Native;

/// <summary>What /proc tells about processes that are not ours. Every answer may be outdated when it is read.</summary>
/// <param name="ProcessId">Its number.</param>
/// <param name="Arguments">Its command line, as far as it left it alone.</param>
/// <param name="Directory">Where it works.</param>
/// <param name="StartedAt">When it began.</param>
internal sealed record ProcessFacts(int ProcessId, string[] Arguments, string Directory, DateTimeOffset StartedAt)
{
    // What sysconf(_SC_CLK_TCK) says on every Linux.
    private const double TicksPerSecond = 100;

    // Deeper is no process tree.
    private const int MostAncestors = 64;

    /// <summary>Those of the program by what the kernel calls it (at most 15 bytes of its name), as far as this user may look at them.</summary>
    public static IReadOnlyList<ProcessFacts> Named(string name, DateTimeOffset bootedAt)
    {
        var found = new List<ProcessFacts>();
        foreach (var folder in Directories())
        {
            if (int.TryParse(Path.GetFileName(folder), NumberStyles.None, CultureInfo.InvariantCulture, out var id)
                && Text(folder + "/comm")?.TrimEnd('\n') == name && Of(id, bootedAt) is { } facts)
            {
                found.Add(facts);
            }
        }

        return found;
    }

    /// <summary>The process and those it descends from, itself first.</summary>
    public static IEnumerable<int> WithAncestors(int processId)
    {
        for (var depth = 0; processId > 1 && depth < MostAncestors; depth++)
        {
            yield return processId;
            processId = Parent(processId);
        }
    }

    /// <summary>When the machine was started, within a second; null where /proc does not say.</summary>
    public static DateTimeOffset? BootTime()
    {
        var line = Text("/proc/stat")?.Split('\n').FirstOrDefault(line => line.StartsWith("btime ", StringComparison.Ordinal));
        return long.TryParse(line?[6..], out var seconds) ? DateTimeOffset.FromUnixTimeSeconds(seconds) : null;
    }

    private static ProcessFacts? Of(int id, DateTimeOffset bootedAt)
    {
        try
        {
            var directory = File.ResolveLinkTarget($"/proc/{id}/cwd", returnFinalTarget: false)?.FullName;
            var start = ProcessIdentity.Of(id).StartTime;
            return directory is null || start == 0
                ? null
                : new ProcessFacts(id, (Text($"/proc/{id}/cmdline") ?? "").Split('\0', StringSplitOptions.RemoveEmptyEntries), directory, bootedAt.AddSeconds(start / TicksPerSecond));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static int Parent(int id)
    {
        var stat = Text($"/proc/{id}/stat");
        return stat is not null && int.TryParse(stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[1], out var parent) ? parent : 0;
    }

    private static string[] Directories()
    {
        try
        {
            return System.IO.Directory.GetDirectories("/proc");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    private static string? Text(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
