using System.Globalization;

namespace Tether.Protocol.Tests;

/// <summary>What the calling thread itself has cost: a machine that is busy with other things changes nothing of it.</summary>
internal static class ThreadTime
{
    // Fields 14 and 15 of proc(5)'s stat, counted behind the name, in hundredths of a second.
    private const int UserField = 11;

    /// <summary>Processor time of the thread since its start, to 10 ms.</summary>
    public static TimeSpan Used
    {
        get
        {
            string stat = File.ReadAllText("/proc/thread-self/stat");
            string[] fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
            return TimeSpan.FromMilliseconds(10 * (Number(fields[UserField]) + Number(fields[UserField + 1])));
        }
    }

    private static long Number(string field) => long.Parse(field, CultureInfo.InvariantCulture);
}
