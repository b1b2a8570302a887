using Tether.Daemon.Native;

namespace Tether.Daemon.External;

/// <summary>The agent's end of one <see cref="LineTerminal"/>. Owned by the thread of <see cref="LineEnds"/>.</summary>
internal sealed unsafe class LineEnd(string session, int descriptor) : IDisposable
{
    // So many lines may be on their way to the agent; what is typed behind them waits in the terminal.
    private const int MostTold = 64;

    // A line of the kernel's line discipline is not longer.
    private const int LongestLine = 4096;

    private readonly Queue<(ReadOnlyMemory<byte> Text, TaskCompletionSource Printed)> _waiting = [];

    // Of the first one.
    private int _written;

    public string Session => session;

    public int Descriptor => descriptor;

    public bool IsWaiting => _waiting.Count > 0;

    /// <summary>Lines that are on their way to the agent.</summary>
    public int Told { get; set; }

    public bool MayRead => Told < MostTold;

    public void Print(ReadOnlyMemory<byte> text, TaskCompletionSource printed) => _waiting.Enqueue((text, printed));

    /// <summary>Writes what the terminal takes now. False when the session is gone.</summary>
    public bool Continue()
    {
        while (_waiting.TryPeek(out var next))
        {
            switch (Descriptors.Write(descriptor, next.Text.Span[_written..], out var count))
            {
                case IoOutcome.WouldBlock:
                    return true;
                case IoOutcome.HungUp:
                    return false;
                default:
                    _written += count;
                    if (_written == next.Text.Length)
                    {
                        _written = 0;
                        _waiting.Dequeue().Printed.TrySetResult();
                    }

                    break;
            }
        }

        return true;
    }

    /// <summary>The next line that was typed, with what ended it; false when there is none. The session is gone when <paramref name="isGone"/>.</summary>
    public bool TryRead(out byte[] line, out bool isGone)
    {
        var buffer = stackalloc byte[LongestLine];
        var outcome = Descriptors.Read(descriptor, buffer, LongestLine, out var count);
        isGone = outcome == IoOutcome.HungUp;
        line = new ReadOnlySpan<byte>(buffer, count).ToArray();
        return outcome == IoOutcome.Done;
    }

    public void Dispose()
    {
        _ = Libc.close(descriptor);
        foreach (var (_, printed) in _waiting)
        {
            printed.TrySetResult();
        }

        _waiting.Clear();
    }
}
