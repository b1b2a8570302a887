namespace Tether.Daemon.Native;

/// <summary>
/// A process, told apart from any later one of the same number by when it started (field 22 of /proc/PID/stat, in clock ticks since boot).
/// </summary>
internal readonly record struct ProcessIdentity(int ProcessId, long StartTime)
{
    /// <summary>The identity of a process that exists now, be it a zombie; start time 0 when it does not exist.</summary>
    public static ProcessIdentity Of(int processId) => new(processId, Read(processId).StartTime);

    /// <summary>True while exactly this process exists; a zombie does not count.</summary>
    public bool IsAlive => StartTime != 0 && Read(ProcessId) is { IsZombie: false } found && found.StartTime == StartTime;

    private static (long StartTime, bool IsZombie) Read(int processId)
    {
        string stat;
        try
        {
            stat = File.ReadAllText($"/proc/{processId}/stat");
        }
        catch (IOException)
        {
            return default;
        }
        catch (UnauthorizedAccessException)
        {
            return default;
        }

        // The name, field 2, is in parentheses and may hold anything.
        var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        return (long.Parse(fields[19]), fields[0] == "Z");
    }
}
