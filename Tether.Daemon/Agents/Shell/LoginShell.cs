using System.Runtime.InteropServices;

namespace Tether.Daemon.Agents.Shell;

/// <summary>
/// Which shell a person wants, found as tmux finds its default-shell: $SHELL, else the passwd entry, else /bin/sh.
/// </summary>
internal static partial class LoginShell
{
    private const string LastResort = "/bin/sh";

    /// <param name="shellVariable">$SHELL of the session's environment.</param>
    public static string Find(string? shellVariable) =>
        IsUsable(shellVariable) ? shellVariable! : FromPasswd() is { } entry && IsUsable(entry) ? entry : LastResort;

    /// <summary>The first argument by which a shell knows that it is a login shell.</summary>
    public static string ArgumentZero(string shell) => "-" + Path.GetFileName(shell);

    private static bool IsUsable(string? shell) => shell is ['/', ..] && ProgramFinder.IsExecutable(shell);

    private static unsafe string? FromPasswd()
    {
        // struct passwd is at most ten words long on Linux and macOS.
        var entry = stackalloc nint[16];
        var text = new byte[16 << 10];
        nint found;
        fixed (byte* buffer = text)
        {
            if (getpwuid_r(geteuid(), entry, buffer, text.Length, &found) != 0 || found == 0)
            {
                return null;
            }

            // Linux: name, passwd, uid+gid, gecos, dir, shell. macOS has change and class before gecos.
            return Marshal.PtrToStringUTF8(entry[OperatingSystem.IsMacOS() ? 7 : 5]);
        }
    }

    [LibraryImport("libc")]
    private static partial uint geteuid();

    [LibraryImport("libc")]
    private static unsafe partial int getpwuid_r(uint user, nint* entry, byte* buffer, nint length, nint* result);
}
