namespace Tether.Daemon.Native;

/// <summary>
/// A process, told apart from any later one of the same number by when it started (field 22 of /proc/PID/stat, in clock ticks since boot).
/// </summary>
internal readonly record struct ProcessIdentity(int ProcessId, long StartTime)
{
    private const int StartField = 22;

    // 52 numbers of at most 20 digits, and a name of 64 bytes.
    private const int Longest = 2048;

    /// <summary>The identity of a process that exists now, be it a zombie; start time 0 when it does not exist.</summary>
    public static ProcessIdentity Of(int processId) => new(processId, Read(processId).StartTime);

    /// <summary>True while exactly this process exists; a zombie does not count.</summary>
    public bool IsAlive => StartTime != 0 && Read(ProcessId) is { IsZombie: false } found && found.StartTime == StartTime;

    private static (long StartTime, bool IsZombie) Read(int processId)
    {
        Span<byte> stat = stackalloc byte[Longest];
        stat = stat[..ProcFile.Read($"/proc/{processId}/stat", stat)];

        // The name, field 2, is in parentheses and may hold anything.
        var at = stat.Length - 1;
        while (at >= 0 && stat[at] != ')')
        {
            at--;
        }

        if (at < 0)
        {
            return default;
        }

        var isZombie = at + 2 < stat.Length && stat[at + 2] == 'Z';
        var startTime = 0L;
        for (var field = 2; at < stat.Length && field <= StartField; at++)
        {
            field += stat[at] == ' ' ? 1 : 0;
            startTime = field == StartField && char.IsAsciiDigit((char)stat[at]) ? (startTime * 10) + (stat[at] - '0') : startTime;
        }

        return (startTime, isZombie);
    }
}
