using System.Runtime.InteropServices;

namespace Tether.Tui.Attach;

/// <summary>This program was told to end while it waited for an answer.</summary>
internal sealed class TerminationException(PosixSignal signal) : Exception($"ended by {signal}")
{
    public PosixSignal Signal => signal;
}
