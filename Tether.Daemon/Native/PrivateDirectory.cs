namespace Tether.Daemon.Native;

/// <summary>Folders that only the user may enter.</summary>
internal static class PrivateDirectory
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    /// <summary>Makes the folder with mode 0700, or closes an existing one to everybody else.</summary>
    /// <exception cref="IOException">It cannot be made, or it is somebody else's.</exception>
    public static void Ensure(string path)
    {
        try
        {
            Directory.CreateDirectory(path, OwnerOnly);
            if (File.GetUnixFileMode(path) != OwnerOnly)
            {
                File.SetUnixFileMode(path, OwnerOnly);
            }
        }
        catch (UnauthorizedAccessException e)
        {
            throw new IOException($"{path} is not yours to use ({e.Message}); set TETHER_RUNTIME_DIR or TETHER_DATA_DIR to a folder that is", e);
        }
    }
}
