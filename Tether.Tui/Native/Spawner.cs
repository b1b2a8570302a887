using System.Runtime.InteropServices;
using System.Text;

namespace Tether.Tui.Native;

/// <summary>Starts a program that outlives this one: its own session, cwd `/`, nothing inherited but what is named here.</summary>
internal static unsafe partial class Spawner
{
    private const int ReadyDescriptor = 3;
    private const short SetSignalMask = 0x08;
    private const short SetSignalDefaults = 0x04;
    private const short NewSessionLinux = 0x80;
    private const short NewSessionMac = 0x400;
    private const short CloseByDefaultMac = 0x4000;

    // Larger than either system's posix_spawnattr_t (336), posix_spawn_file_actions_t (80) and sigset_t (128).
    private const int OpaqueSize = 512;

    /// <summary>The child's pid. Its descriptor 3 is <paramref name="ready"/>; 0 to 2 are /dev/null.</summary>
    public static int StartDetached(string path, string[] arguments, string[] environment, int ready) =>
        Start(path, arguments, environment, ready, ReadyDescriptor);

    /// <summary>The child's pid. Its standard input is <paramref name="input"/>; output and error are /dev/null.</summary>
    public static int StartReading(string path, string[] arguments, string[] environment, int input) =>
        Start(path, arguments, environment, input, 0);

    // The child gets one descriptor of ours, as its number `target`, 0 or 3.
    private static int Start(string path, string[] arguments, string[] environment, int given, int target)
    {
        var actions = stackalloc byte[OpaqueSize];
        var attributes = stackalloc byte[OpaqueSize];
        var signals = stackalloc byte[OpaqueSize];
        Check(posix_spawn_file_actions_init(actions), "posix_spawn_file_actions_init");
        Check(posix_spawnattr_init(attributes), "posix_spawnattr_init");
        using var native = new NativeStrings();
        try
        {
            DescribeDescriptors(actions, native, given, target);
            _ = sigemptyset(signals);
            Check(posix_spawnattr_setsigmask(attributes, signals), "posix_spawnattr_setsigmask");
            _ = sigfillset(signals);
            Check(posix_spawnattr_setsigdefault(attributes, signals), "posix_spawnattr_setsigdefault");
            var flags = SetSignalMask | SetSignalDefaults
                | (OperatingSystem.IsMacOS() ? NewSessionMac | CloseByDefaultMac : NewSessionLinux);
            Check(posix_spawnattr_setflags(attributes, (short)flags), "posix_spawnattr_setflags");

            int pid;
            Check(posix_spawn(&pid, native.Text(path), actions, attributes, native.Array([path, .. arguments]), native.Array(environment)), path);
            return pid;
        }
        finally
        {
            _ = posix_spawn_file_actions_destroy(actions);
            _ = posix_spawnattr_destroy(attributes);
        }
    }

    /// <summary>Forgets a child that has ended, so that it does not stay behind as a zombie. False while it runs.</summary>
    public static bool TryReap(int pid)
    {
        const int DoNotHang = 1;
        int status;
        return waitpid(pid, &status, DoNotHang) == pid;
    }

    /// <summary>Replaces this program by another; comes back only by an exception.</summary>
    public static void Become(string path, string[] environment)
    {
        using var native = new NativeStrings();
        _ = execve(native.Text(path), native.Array([path]), native.Array(environment));
        throw new NativeException($"execve {path}", Marshal.GetLastPInvokeError());
    }

    private static void DescribeDescriptors(byte* actions, NativeStrings native, int given, int target)
    {
        Check(posix_spawn_file_actions_adddup2(actions, given, target), "posix_spawn_file_actions_adddup2");
        for (var standard = target == 0 ? 1 : 0; standard < ReadyDescriptor; standard++)
        {
            Check(posix_spawn_file_actions_addopen(actions, standard, native.Text("/dev/null"), LibC.ReadWrite, 0), "posix_spawn_file_actions_addopen");
        }

        Check(posix_spawn_file_actions_addchdir_np(actions, native.Text("/")), "posix_spawn_file_actions_addchdir_np");
        if (!OperatingSystem.IsMacOS())
        {
            Check(posix_spawn_file_actions_addclosefrom_np(actions, Math.Max(target + 1, ReadyDescriptor)), "posix_spawn_file_actions_addclosefrom_np");
        }
    }

    private static void Check(int error, string call)
    {
        if (error != 0)
        {
            throw new NativeException(call, error);
        }
    }

    [LibraryImport("libc", SetLastError = true)]
    private static partial int execve(byte* path, byte** arguments, byte** environment);

    [LibraryImport("libc")]
    private static partial int waitpid(int pid, int* status, int options);

    [LibraryImport("libc")]
    private static partial int posix_spawn(int* pid, byte* path, byte* actions, byte* attributes, byte** arguments, byte** environment);

    [LibraryImport("libc")]
    private static partial int posix_spawn_file_actions_init(byte* actions);

    [LibraryImport("libc")]
    private static partial int posix_spawn_file_actions_destroy(byte* actions);

    [LibraryImport("libc")]
    private static partial int posix_spawn_file_actions_addopen(byte* actions, int descriptor, byte* path, int flags, uint mode);

    [LibraryImport("libc")]
    private static partial int posix_spawn_file_actions_adddup2(byte* actions, int from, int to);

    [LibraryImport("libc")]
    private static partial int posix_spawn_file_actions_addchdir_np(byte* actions, byte* path);

    [LibraryImport("libc")]
    private static partial int posix_spawn_file_actions_addclosefrom_np(byte* actions, int from);

    [LibraryImport("libc")]
    private static partial int posix_spawnattr_init(byte* attributes);

    [LibraryImport("libc")]
    private static partial int posix_spawnattr_destroy(byte* attributes);

    [LibraryImport("libc")]
    private static partial int posix_spawnattr_setflags(byte* attributes, short flags);

    [LibraryImport("libc")]
    private static partial int posix_spawnattr_setsigmask(byte* attributes, byte* signals);

    [LibraryImport("libc")]
    private static partial int posix_spawnattr_setsigdefault(byte* attributes, byte* signals);

    [LibraryImport("libc")]
    private static partial int sigemptyset(byte* signals);

    [LibraryImport("libc")]
    private static partial int sigfillset(byte* signals);

    private sealed class NativeStrings : IDisposable
    {
        private readonly List<nint> _blocks = [];

        public byte* Text(string text)
        {
            var length = Encoding.UTF8.GetByteCount(text);
            var block = (byte*)NativeMemory.Alloc((nuint)length + 1);
            _blocks.Add((nint)block);
            Encoding.UTF8.GetBytes(text, new Span<byte>(block, length));
            block[length] = 0;
            return block;
        }

        public byte** Array(string[] texts)
        {
            var block = (byte**)NativeMemory.Alloc((nuint)(texts.Length + 1), (nuint)sizeof(byte*));
            _blocks.Add((nint)block);
            for (var i = 0; i < texts.Length; i++)
            {
                block[i] = Text(texts[i]);
            }

            block[texts.Length] = null;
            return block;
        }

        public void Dispose()
        {
            foreach (var block in _blocks)
            {
                NativeMemory.Free((void*)block);
            }
        }
    }
}
