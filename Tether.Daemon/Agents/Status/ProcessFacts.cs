using System.Globalization;

namespace Tether.Daemon.Agents.Status;

/// <summary>What the kernel tells of a session's processes (/proc), for people.</summary>
internal static class ProcessFacts
{
    /// <summary>One line: whether the program is there, its children, the processor time it took, and who has the terminal.</summary>
    /// <param name="leader">The program's pid.</param>
    /// <param name="foreground">The process group that has the terminal; 0 when it is not known.</param>
    public static string Of(int leader, int foreground)
    {
        if (Fields(leader) is not { } fields)
        {
            return "the program is gone";
        }

        // Fields 14 and 15 of /proc/PID/stat, in ticks of 10 ms; the first two are cut off here.
        var ticks = long.Parse(fields[11], CultureInfo.InvariantCulture) + long.Parse(fields[12], CultureInfo.InvariantCulture);
        var name = foreground == leader || foreground == 0 ? "" : $"; process group {foreground} ({Name(foreground)}) has the terminal";
        return $"{Children(leader)} children, {ticks / 100.0:0.0} s of processor time{name}";
    }

    private static int Children(int process) =>
        Read($"/proc/{process}/task/{process}/children")?.Split(' ', StringSplitOptions.RemoveEmptyEntries).Length ?? 0;

    private static string Name(int process) => Read($"/proc/{process}/comm")?.Trim() ?? "gone";

    // The name, field 2, is in parentheses and may hold anything.
    private static string[]? Fields(int process) => Read($"/proc/{process}/stat") is { } stat ? stat[(stat.LastIndexOf(')') + 2)..].Split(' ') : null;

    private static string? Read(string path)
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
