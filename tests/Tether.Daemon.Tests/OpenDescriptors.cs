namespace Tether.Daemon.Tests;

/// <summary>What this process has open, by what the descriptors lead to.</summary>
internal static class OpenDescriptors
{
    public static int Count(string target) => Directory.EnumerateFileSystemEntries("/proc/self/fd").Count(path => Target(path).Contains(target, StringComparison.Ordinal));

    private static string Target(string path)
    {
        try
        {
            return File.ResolveLinkTarget(path, returnFinalTarget: false)?.FullName ?? "";
        }
        catch (IOException)
        {
            return "";
        }
    }
}
