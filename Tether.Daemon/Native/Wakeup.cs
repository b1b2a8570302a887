using Microsoft.Win32.SafeHandles;

namespace Tether.Daemon.Native;

/// <summary>An eventfd: any thread signals, the owner's <see cref="Poller"/> wakes. A signal after the end goes nowhere.</summary>
internal sealed unsafe class Wakeup : IDisposable
{
    private readonly SafeFileHandle _handle = new(NativeError.Check(Libc.eventfd(0, Libc.EFD_CLOEXEC | Libc.EFD_NONBLOCK), "eventfd"), ownsHandle: true);

    public int Descriptor => (int)_handle.DangerousGetHandle();

    public void Signal()
    {
        // The descriptor's number must not be another file's by the time it is written to.
        var isHeld = false;
        try
        {
            _handle.DangerousAddRef(ref isHeld);
            var one = 1UL;
            _ = Libc.write(Descriptor, &one, sizeof(ulong));
        }
        catch (ObjectDisposedException)
        {
            // Nobody sleeps there any more.
        }
        finally
        {
            if (isHeld)
            {
                _handle.DangerousRelease();
            }
        }
    }

    public void Clear()
    {
        ulong count;
        _ = Libc.read(Descriptor, &count, sizeof(ulong));
    }

    public void Dispose() => _handle.Dispose();
}
