using System.Runtime.InteropServices;

namespace Tether.Tui.Native;

/// <summary>An exclusive lock on a file (flock), which the kernel lets go of when the process ends, however it ends. What is started meanwhile does not inherit it.</summary>
internal sealed unsafe partial class LockFile : IDisposable
{
    private const int Exclusive = 2;
    private const int DoNotWait = 4;

    private readonly int _descriptor;

    private LockFile(int descriptor) => _descriptor = descriptor;

    private static int CloseOnExec => OperatingSystem.IsMacOS() ? LibC.CloseOnExecMac : LibC.CloseOnExecLinux;

    private static int Create => OperatingSystem.IsMacOS() ? 0x200 : 0x40;

    /// <summary>Whether no process holds the lock; it is not kept.</summary>
    public static bool IsFree(string path)
    {
        var descriptor = Open(path, CloseOnExec);
        if (descriptor < 0)
        {
            return true;
        }

        using var file = new LockFile(descriptor);
        return file.TryLock();
    }

    /// <summary>The lock on a file that is made (0600) if it has to be; null when somebody holds it, or the file cannot be made.</summary>
    /// <param name="isHeld">Somebody holds it.</param>
    public static LockFile? TryTake(string path, out bool isHeld)
    {
        isHeld = false;
        var descriptor = Open(path, CloseOnExec | Create);
        if (descriptor < 0)
        {
            return null;
        }

        var file = new LockFile(descriptor);
        isHeld = !file.TryLock();
        if (isHeld)
        {
            file.Dispose();
            return null;
        }

        return file;
    }

    public void Dispose() => Descriptor.Close(_descriptor);

    private static int Open(string path, int flags)
    {
        using var name = new NativeText(path);
        return LibC.open_linux(name.Start, LibC.ReadWrite | flags, 0x180);
    }

    private bool TryLock() => flock(_descriptor, Exclusive | DoNotWait) == 0;

    [LibraryImport("libc")]
    private static partial int flock(int descriptor, int operation);
}
