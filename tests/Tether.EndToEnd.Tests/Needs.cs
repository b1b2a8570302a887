using System.Diagnostics;
using Tether.Testing.Agents;

namespace Tether.EndToEnd.Tests;

/// <summary>What tests may need that not every machine has.</summary>
internal static class Needs
{
    public const string Root = "root";

    /// <summary>The right to mount a small file system.</summary>
    public const string Mount = "mount (the right to)";

    /// <summary>Minutes of time: what is run when TETHER_SOAK says so.</summary>
    public const string SoakTime = "TETHER_SOAK";

    private static readonly Lazy<bool> CanMount = new(TryMount);

    // A soak takes as long as it was asked to.
    public static int TimeLimit => Soak.IsOn ? 30 * 60_000 : 120_000;

    /// <summary>Null when everything is there, else the reason to skip.</summary>
    public static string? Missing(string[] needs)
    {
        var missing = needs.Where(need => !IsThere(need)).ToArray();
        return missing.Length == 0 ? null : "needs " + string.Join(", ", missing);
    }

    private static bool IsThere(string need) => need switch
    {
        Root => Environment.UserName == "root",
        Mount => CanMount.Value,
        SoakTime => Soak.IsOn,
        _ => IsOnPath(need),
    };

    private static bool TryMount()
    {
        if (!IsOnPath("mount") || Environment.UserName != "root")
        {
            return false;
        }

        var folder = Directory.CreateTempSubdirectory("tether-mount-");
        var isMounted = Succeeds("mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", folder.FullName);
        if (isMounted)
        {
            Succeeds("umount", folder.FullName);
        }

        folder.Delete();
        return isMounted;
    }

    private static bool Succeeds(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
        process.WaitForExit();
        return process.ExitCode == 0;
    }

    // Also where scripts/agents has put the agents.
    private static bool IsOnPath(string program) => RealAgents.Find(program) is not null;
}
