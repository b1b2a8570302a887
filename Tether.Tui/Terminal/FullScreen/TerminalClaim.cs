namespace Tether.Tui.Terminal.FullScreen;

/// <summary>
/// A file that says that a program of ours has this terminal as its full screen, and with which settings it found it. The file is locked (flock) while that
/// program lives, which no way of dying outlasts: one that is there and not locked was left by a program that was killed.
/// </summary>
internal sealed class TerminalClaim : IDisposable
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private const int MaxSettings = 128;

    private readonly string _path;
    private readonly FileStream _file;

    private TerminalClaim(string path, FileStream file) => (_path, _file) = (path, file);

    /// <summary>
    /// Null where the terminal has no name, another living program has it, or no file can be made: a full screen works without.
    /// </summary>
    /// <param name="directory">Where the claims are; made when it is not there.</param>
    /// <param name="terminal">As in /dev/pts/3.</param>
    /// <param name="abandoned">The settings that a killed program had found; null when there was none.</param>
    public static TerminalClaim? TryTake(string directory, string? terminal, out byte[]? abandoned)
    {
        abandoned = null;
        if (terminal is null)
        {
            return null;
        }

        try
        {
            Directory.CreateDirectory(directory, OwnerOnly);
            var path = Path.Combine(directory, terminal.Trim('/').Replace('/', '-'));
            var claim = new TerminalClaim(path, new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 0));
            abandoned = claim.Read();
            return claim;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Says which settings (struct termios) are to be put back, were we killed.</summary>
    public void Record(byte[] settings)
    {
        try
        {
            _file.Position = 0;
            _file.Write(settings);
            _file.SetLength(settings.Length);
        }
        catch (IOException)
        {
            // A full disk: the claim says nothing, as if there were none.
        }
    }

    /// <summary>The terminal is as it was.</summary>
    public void Release()
    {
        try
        {
            File.Delete(_path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The next full screen on this terminal puts it right once more than needed.
        }

        Dispose();
    }

    /// <summary>Lets go of the claim but leaves it: the terminal could not be put right.</summary>
    public void Dispose() => _file.Dispose();

    private byte[]? Read()
    {
        var settings = new byte[MaxSettings];
        var count = _file.ReadAtLeast(settings, MaxSettings, throwOnEndOfStream: false);
        return count > 0 ? settings[..count] : null;
    }

}
