using Tether.Protocol.Model;

namespace Tether.Daemon;

/// <summary>Where the daemon of a data directory has its sockets, noted there for whoever comes without the variables that lead to them.</summary>
internal static class RuntimeNote
{
    /// <summary>Null when nothing is noted, or the folder is gone, as after the user has logged out.</summary>
    public static string? Read(string path)
    {
        try
        {
            return File.Exists(path) && File.ReadAllText(path).TrimEnd('\n') is var folder && Path.IsPathRooted(folder) && Directory.Exists(folder) ? folder : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <exception cref="IOException">The data directory cannot be written.</exception>
    public static void Write(TetherPaths paths)
    {
        if (Read(paths.RuntimeNote) != paths.RuntimeDirectory)
        {
            var whole = paths.RuntimeNote + ".new";
            var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write, UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite };
            using (var file = new StreamWriter(whole, options))
            {
                file.Write(paths.RuntimeDirectory + "\n");
            }

            File.Move(whole, paths.RuntimeNote, overwrite: true);
        }
    }
}
