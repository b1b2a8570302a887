using System.Runtime.InteropServices;
using System.Text;

namespace Tether.Tui.Native;

/// <summary>Looks whether a process holds a lock file, without keeping the lock.</summary>
internal static unsafe partial class DaemonLock
{
    private const int Exclusive = 2;
    private const int DoNotWait = 4;

    public static bool IsFree(string path)
    {
        using var name = new NativeText(path);
        var descriptor = LibC.open_linux(name.Start, LibC.ReadWrite | (OperatingSystem.IsMacOS() ? LibC.CloseOnExecMac : LibC.CloseOnExecLinux), 0);
        if (descriptor < 0)
        {
            return true;
        }

        try
        {
            return flock(descriptor, Exclusive | DoNotWait) == 0;
        }
        finally
        {
            Descriptor.Close(descriptor);
        }
    }

    [LibraryImport("libc")]
    private static partial int flock(int descriptor, int operation);
}
