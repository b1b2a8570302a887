namespace Tether.Tui.Connection;

/// <summary>
/// A file that says the daemon was stopped on purpose. Attached clients, which otherwise start it again by themselves, then wait for somebody
/// else to; whoever does takes the mark away.
/// </summary>
internal static class StopMark
{
    private static string FilePath => Path.Combine(ClientEnvironment.Paths.RuntimeDirectory, "stopped");

    public static bool Exists => File.Exists(FilePath);

    public static void Set()
    {
        try
        {
            File.WriteAllBytes(FilePath, []);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Then clients start the daemon again, which harms nothing.
        }
    }

    public static void Clear()
    {
        try
        {
            // Asked first: there is no such folder at a first start, and an exception takes longer.
            if (Exists)
            {
                File.Delete(FilePath);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Somebody else took it away.
        }
    }
}
