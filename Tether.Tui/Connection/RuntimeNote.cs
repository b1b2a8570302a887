namespace Tether.Tui.Connection;

/// <summary>Where the last daemon of a data directory has its sockets, as it noted it there.</summary>
internal static class RuntimeNote
{
    /// <summary>Null when nothing is noted, or the folder is gone, as after the user has logged out.</summary>
    public static string? Read(string path)
    {
        try
        {
            // Asked first: at a start of 20 ms an exception is long.
            return File.Exists(path) && File.ReadAllText(path).TrimEnd('\n') is var folder && Path.IsPathRooted(folder) && Directory.Exists(folder) ? folder : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
