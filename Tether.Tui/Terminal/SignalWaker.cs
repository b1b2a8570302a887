using System.Runtime.InteropServices;
using Tether.Tui.Native;

namespace Tether.Tui.Terminal;

/// <summary>Turns signals into bytes in a pipe, which a poll loop can wait for. Handlers run on the runtime's threads and only write.</summary>
internal sealed class SignalWaker : IDisposable
{
    private readonly (int Read, int Write) _pipe = Descriptor.Pipe();
    private readonly PosixSignalRegistration[] _registrations;

    public SignalWaker(params ReadOnlySpan<PosixSignal> signals)
    {
        _registrations = new PosixSignalRegistration[signals.Length];
        for (var i = 0; i < signals.Length; i++)
        {
            _registrations[i] = PosixSignalRegistration.Create(signals[i], Post);
        }
    }

    public int WaitDescriptor => _pipe.Read;

    /// <summary>The next signal that came; never waits.</summary>
    public bool TryTake(out PosixSignal signal)
    {
        signal = default;
        Span<byte> one = stackalloc byte[1];
        if (!Poller.WaitReadable(_pipe.Read, 0) || Descriptor.Read(_pipe.Read, one) != 1)
        {
            return false;
        }

        // The runtime numbers these signals downwards from -1.
        signal = (PosixSignal)(-one[0]);
        return true;
    }

    public void Dispose()
    {
        foreach (var registration in _registrations)
        {
            registration.Dispose();
        }

        Descriptor.Close(_pipe.Read);
        Descriptor.Close(_pipe.Write);
    }

    private void Post(PosixSignalContext context)
    {
        // Termination is ours to carry out, after the terminal has been put back.
        context.Cancel = true;
        Span<byte> one = [(byte)-(int)context.Signal];
        Descriptor.Write(_pipe.Write, one);
    }
}
