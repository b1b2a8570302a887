namespace Tether.Daemon.Native;

/// <summary>An eventfd: any thread signals, the owner's <see cref="Poller"/> wakes.</summary>
internal sealed unsafe class Wakeup : IDisposable
{
    public int Descriptor { get; } = NativeError.Check(Libc.eventfd(0, Libc.EFD_CLOEXEC | Libc.EFD_NONBLOCK), "eventfd");

    public void Signal()
    {
        var one = 1UL;
        _ = Libc.write(Descriptor, &one, sizeof(ulong));
    }

    public void Clear()
    {
        ulong count;
        _ = Libc.read(Descriptor, &count, sizeof(ulong));
    }

    public void Dispose() => _ = Libc.close(Descriptor);
}
