using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;

// Every native signature here is blittable, so that ReadyToRun compiles the calls ahead of time.
[assembly: DisableRuntimeMarshalling]
[assembly: UnsupportedOSPlatform("windows")]

namespace Tether.Tui.Native;

/// <summary>The C library's calls, as it names them. Sizes are those of 64-bit Linux (glibc) and macOS.</summary>
internal static unsafe partial class LibC
{
    public const int InterruptedCall = 4;
    public const int InputOutputError = 5;
    public const int BrokenPipe = 32;
    public const int TryAgain = 11;
    public const int NoEntry = 2;

    public const int ReadWrite = 2;
    public const int NonBlockingLinux = 0x800;
    public const int NoControllingTerminalLinux = 0x100;
    public const int CloseOnExecLinux = 0x80000;
    public const int NonBlockingMac = 0x4;
    public const int NoControllingTerminalMac = 0x20000;
    public const int CloseOnExecMac = 0x1000000;

    public const int UnixFamily = 1;
    public const int Stream = 1;
    public const int StreamCloseOnExecLinux = 1 | 0x80000;
    public const int PassDescriptors = 1;

    public const short PollIn = 1;
    public const short PollOut = 4;
    public const short PollHangUp = 0x10;

    // Not after draining: a terminal that is not read would hold us for ever.
    public const int AtOnce = 0;

    private const string Library = "libc";

    public static int SocketLevel => OperatingSystem.IsMacOS() ? 0xffff : 1;

    public static nuint GetWindowSize => OperatingSystem.IsMacOS() ? 0x40087468u : 0x5413u;

    /// <summary>TIOCOUTQ.</summary>
    public static nuint GetOutputQueue => OperatingSystem.IsMacOS() ? 0x40047473u : 0x5411u;

    /// <summary>SIGSTOP, which nothing can catch.</summary>
    public static int Stop => OperatingSystem.IsMacOS() ? 17 : 19;

    [LibraryImport(Library, SetLastError = true)]
    public static partial int socket(int family, int type, int protocol);

    [LibraryImport(Library, SetLastError = true)]
    public static partial int connect(int descriptor, byte* address, uint length);

    [LibraryImport(Library, SetLastError = true)]
    public static partial nint sendmsg(int descriptor, MessageHeader* message, int flags);

    [LibraryImport(Library, SetLastError = true)]
    public static partial nint read(int descriptor, byte* buffer, nuint length);

    [LibraryImport(Library, SetLastError = true)]
    public static partial nint write(int descriptor, byte* buffer, nuint length);

    [LibraryImport(Library, SetLastError = true)]
    public static partial int close(int descriptor);

    [LibraryImport(Library, SetLastError = true)]
    public static partial int pipe(int* descriptors);

    [LibraryImport(Library, SetLastError = true)]
    public static partial int poll(PollEntry* entries, nuint count, int milliseconds);

    [LibraryImport(Library, SetLastError = true)]
    public static partial int isatty(int descriptor);

    [LibraryImport(Library, SetLastError = true)]
    public static partial int ttyname_r(int descriptor, byte* name, nuint length);

    [LibraryImport(Library, SetLastError = true)]
    public static partial int tcgetattr(int descriptor, byte* settings);

    [LibraryImport(Library, SetLastError = true)]
    public static partial int tcsetattr(int descriptor, int when, byte* settings);

    [LibraryImport(Library, SetLastError = true)]
    public static partial int tcgetpgrp(int descriptor);

    [LibraryImport(Library)]
    public static partial int kill(int process, int signal);

    [LibraryImport(Library)]
    public static partial void cfmakeraw(byte* settings);

    [LibraryImport(Library)]
    public static partial uint getuid();

    [LibraryImport(Library)]
    public static partial int umask(int mask);

    [LibraryImport(Library)]
    public static partial int getppid();

    [LibraryImport(Library)]
    public static partial int getpid();

    // open and ioctl are variadic: on Apple arm64 a variadic argument is on the stack, behind eight registers' worth of arguments.
    [LibraryImport(Library, EntryPoint = "open", SetLastError = true)]
    public static partial int open_linux(byte* path, int flags, uint mode);

    [LibraryImport(Library, EntryPoint = "ioctl", SetLastError = true)]
    private static partial int ioctl_registers(int descriptor, nuint request, void* argument);

    [LibraryImport(Library, EntryPoint = "ioctl", SetLastError = true)]
    private static partial int ioctl_stack(int descriptor, nuint request, nint a, nint b, nint c, nint d, nint e, nint f, void* argument);

    public static int ioctl(int descriptor, nuint request, void* argument) =>
        OperatingSystem.IsMacOS() && RuntimeInformation.ProcessArchitecture == Architecture.Arm64
            ? ioctl_stack(descriptor, request, 0, 0, 0, 0, 0, 0, argument)
            : ioctl_registers(descriptor, request, argument);
}
