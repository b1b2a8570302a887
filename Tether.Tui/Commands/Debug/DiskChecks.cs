using Tether.Tui.Connection;

namespace Tether.Tui.Commands.Debug;

/// <summary>Room for journals.</summary>
internal static class DiskChecks
{
    private const double MiB = 1 << 20;
    private const double WantedMiB = 1024;

    public static IEnumerable<Finding> Run()
    {
        var directory = ClientEnvironment.Paths.DataDirectory;
        while (!Directory.Exists(directory))
        {
            directory = Path.GetDirectoryName(directory) ?? "/";
        }

        var free = new DriveInfo(directory).AvailableFreeSpace / MiB;
        var text = $"{free:0} MiB free for {ClientEnvironment.Paths.DataDirectory}";
        yield return free >= WantedMiB
            ? Finding.Good("disk", text)
            : Finding.Bad("disk", text, "make room, or lower TETHER_JOURNAL_MIB and TETHER_JOURNAL_DAYS; a full disk leaves holes in journals");
    }
}
