using System.Runtime.InteropServices;
using System.Text;
using Tether.Daemon.Native;

namespace Tether.Daemon.Keeper;

/// <summary>
/// Starts a program on a new pty. posix_spawn, never fork: only async-signal-safe C runs between fork and exec, no managed code.
/// </summary>
internal static unsafe class PtySpawner
{
    // posix_spawnattr_t is 336 bytes and posix_spawn_file_actions_t 80 in glibc; musl's are smaller.
    private const int OpaqueSize = 512;

    // sigset_t is 128 bytes.
    private const int SignalSetSize = 128;

    /// <summary>
    /// Opens a pty of the given size and starts the program as leader of a new session with the slave as its controlling terminal
    /// (POSIX_SPAWN_SETSID comes before the file actions, so that opening the slave without O_NOCTTY makes it so), all signals at their defaults
    /// and none blocked, no other descriptor open.
    /// </summary>
    /// <returns>The child's pid and the master, close-on-exec and non-blocking.</returns>
    /// <exception cref="NativeError">The pty or the program could not be had.</exception>
    public static (int ProcessId, int Master) Spawn(KeeperMessage.Spawn request)
    {
        var master = NativeError.Check(Libc.posix_openpt(Libc.O_RDWR | Libc.O_NOCTTY | Libc.O_CLOEXEC | Libc.O_NONBLOCK), "posix_openpt");
        try
        {
            NativeError.Check(Libc.grantpt(master), "grantpt");
            NativeError.Check(Libc.unlockpt(master), "unlockpt");
            var slave = stackalloc byte[64];
            Succeed(Libc.ptsname_r(master, slave, 64), "ptsname_r");
            var size = new Libc.WindowSize { Columns = (ushort)request.Columns, Rows = (ushort)request.Rows };
            NativeError.Check(Libc.ioctl(master, Libc.TIOCSWINSZ, &size), "TIOCSWINSZ");
            return (Start(request, slave), master);
        }
        catch
        {
            _ = Libc.close(master);
            throw;
        }
    }

    private static int Start(KeeperMessage.Spawn request, byte* slave)
    {
        var actions = stackalloc byte[OpaqueSize];
        var attributes = stackalloc byte[OpaqueSize];
        var allSignals = stackalloc byte[SignalSetSize];
        var noSignals = stackalloc byte[SignalSetSize];
        new Span<byte>(allSignals, SignalSetSize).Fill(0xff);
        new Span<byte>(noSignals, SignalSetSize).Clear();

        Succeed(Libc.posix_spawn_file_actions_init(actions), "posix_spawn_file_actions_init");
        Succeed(Libc.posix_spawnattr_init(attributes), "posix_spawnattr_init");
        using var path = new NativeText(request.Path);
        using var directory = new NativeText(request.Directory);
        using var arguments = new NativeTextArray(request.Arguments);
        using var environment = new NativeTextArray(request.Environment);
        try
        {
            Succeed(Libc.posix_spawnattr_setflags(
                attributes, Libc.POSIX_SPAWN_SETSID | Libc.POSIX_SPAWN_SETSIGDEF | Libc.POSIX_SPAWN_SETSIGMASK), "posix_spawnattr_setflags");
            Succeed(Libc.posix_spawnattr_setsigdefault(attributes, allSignals), "posix_spawnattr_setsigdefault");
            Succeed(Libc.posix_spawnattr_setsigmask(attributes, noSignals), "posix_spawnattr_setsigmask");
            Succeed(Libc.posix_spawn_file_actions_addopen(actions, 0, slave, Libc.O_RDWR, 0), "addopen");
            Succeed(Libc.posix_spawn_file_actions_adddup2(actions, 0, 1), "adddup2");
            Succeed(Libc.posix_spawn_file_actions_adddup2(actions, 0, 2), "adddup2");
            Succeed(Libc.posix_spawn_file_actions_addclosefrom_np(actions, 3), "addclosefrom_np");
            Succeed(Libc.posix_spawn_file_actions_addchdir_np(actions, directory.Pointer), "addchdir_np");
            using var files = new FileLimit(request.FileLimit);
            using var mask = new FileModeMask(request.Umask);
            int processId;
            Succeed(Libc.posix_spawn(&processId, path.Pointer, actions, attributes, arguments.Pointer, environment.Pointer), $"start {request.Path}");
            return processId;
        }
        finally
        {
            _ = Libc.posix_spawn_file_actions_destroy(actions);
            _ = Libc.posix_spawnattr_destroy(attributes);
        }
    }

    // These calls return the error instead of setting errno.
    private static void Succeed(int result, string call)
    {
        if (result != 0)
        {
            throw new NativeError(call, result);
        }
    }

    private sealed class NativeText(string text) : IDisposable
    {
        public byte* Pointer { get; } = (byte*)Marshal.StringToCoTaskMemUTF8(text);

        public void Dispose() => Marshal.FreeCoTaskMem((nint)Pointer);
    }
}
