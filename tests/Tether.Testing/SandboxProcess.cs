using System.Text;
using Tether.Testing.Outer;

namespace Tether.Testing;

/// <summary>
/// A process that was started in a sandbox. It is known by the sandbox's folder, a name that nothing else has, in its environment.
/// </summary>
public sealed record SandboxProcess(int ProcessId, string Program, string[] CommandLine)
{
    public static IReadOnlyList<SandboxProcess> Of(string sandbox)
    {
        var mark = Encoding.UTF8.GetBytes(sandbox);
        List<SandboxProcess> found = [];
        foreach (var folder in Directory.EnumerateDirectories("/proc"))
        {
            if (int.TryParse(Path.GetFileName(folder), out var processId) && processId != Environment.ProcessId)
            {
                try
                {
                    // A zombie has no environment left.
                    if (File.ReadAllBytes(folder + "/environ").AsSpan().IndexOf(mark) >= 0)
                    {
                        var line = File.ReadAllText(folder + "/cmdline").Split('\0', StringSplitOptions.RemoveEmptyEntries);
                        found.Add(new SandboxProcess(processId, Path.GetFileName(line.FirstOrDefault("")), line));
                    }
                }
                catch (Exception e) when (e is IOException or UnauthorizedAccessException)
                {
                    // It ended meanwhile, or it is another user's.
                }
            }
        }

        return found;
    }

    public void Kill() => Signal(Libc.KillSignal);

    public void Signal(int signal) => _ = Libc.Kill(ProcessId, signal);

    /// <summary>True while a process of this number exists; a zombie does not count.</summary>
    public static bool IsAlive(int processId)
    {
        try
        {
            var stat = File.ReadAllText($"/proc/{processId}/stat");
            return stat[stat.LastIndexOf(')') + 2] is not 'Z' and not 'X';
        }
        catch (IOException)
        {
            return false;
        }
    }

    /// <summary>The memory that counts: what is resident and not shared file pages, in bytes.</summary>
    public static long MemoryOf(int processId)
    {
        var line = File.ReadLines($"/proc/{processId}/status").First(line => line.StartsWith("RssAnon:", StringComparison.Ordinal));
        return long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1]) * 1024;
    }

    /// <summary>The file that a process runs.</summary>
    public static string ProgramOf(int processId) => File.ResolveLinkTarget($"/proc/{processId}/exe", returnFinalTarget: false)!.FullName;

    /// <summary>Sends a signal to any process that the test knows by number.</summary>
    public static void Signal(int processId, int signal) => Libc.Must(Libc.Kill(processId, signal), "kill");
}
