namespace Tether.Daemon.Native;

/// <summary>Which files are locked with flock(2), and by which process: read, never tried, so that nobody who wants a lock finds it taken by us.</summary>
internal static class FileLocks
{
    private const string Path = "/proc/locks";

    /// <summary>The process that holds the file's exclusive lock; null when nobody holds it.</summary>
    public static int? Holder(string file)
    {
        if (FileFacts.Of(file) is not { } facts)
        {
            return null;
        }

        try
        {
            return Holder(File.ReadLines(Path), facts, process => HasOpen(process, file));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    // 1: FLOCK  ADVISORY  WRITE 18414 fe:00:15893132 0 EOF
    // On file systems made of others (overlay, btrfs) the device is not the one that stat tells: there the holder is the one that has the file open.
    internal static int? Holder(IEnumerable<string> locks, FileFacts file, Func<int, bool> hasOpen)
    {
        foreach (var line in locks)
        {
            var fields = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (fields is [_, "FLOCK", _, "WRITE", var process, var place, ..]
                && place.Split(':') is [var major, var minor, var inode] && inode == $"{file.Inode}"
                && int.TryParse(process, out var id) && ($"{major}:{minor}" == file.Device || hasOpen(id)))
            {
                return id;
            }
        }

        return null;
    }

    private static bool HasOpen(int process, string file)
    {
        try
        {
            return Directory.EnumerateFileSystemEntries($"/proc/{process}/fd").Any(link => File.ResolveLinkTarget(link, returnFinalTarget: false)?.FullName == file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
