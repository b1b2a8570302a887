using System.Buffers;
using Tether.Daemon.Native;

namespace Tether.Daemon.Sessions;

/// <summary>
/// What goes to the program: keys, pastes, answers to queries, in the order they came. What the pty does not take at once waits here, bounded.
/// </summary>
internal sealed class PtyInput(Pty pty)
{
    /// <summary>A paste may wait here whole; beyond it input is refused, never cut.</summary>
    public const int Limit = 16 << 20;

    /// <summary>Above it a lent terminal is not read any more, the chord included: its own queue holds the rest.</summary>
    public const int PauseAt = 1 << 20;

    // A buffer that grew beyond it is given back once it is empty.
    private const int KeptCapacity = 64 * 1024;

    private ArrayBufferWriter<byte> _waiting = new();
    private int _sent;

    /// <summary>Bytes that wait for the program to read.</summary>
    public int Waiting => _waiting.WrittenCount - _sent;

    /// <summary>Bytes of memory that they take.</summary>
    public int Reserved => _waiting.Capacity;

    /// <summary>Writes now or as soon as the pty takes it. False when too much waits already; then nothing of it is taken.</summary>
    public bool Write(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > Limit - Waiting)
        {
            return false;
        }

        if (Waiting == 0)
        {
            while (!bytes.IsEmpty && pty.Write(bytes, out var count) == IoOutcome.Done)
            {
                bytes = bytes[count..];
            }
        }

        DropSent();
        _waiting.Write(bytes);
        return true;
    }

    // A program that reads slower than somebody types never empties the buffer: what is sent must go all the same.
    private void DropSent()
    {
        if (_sent > Waiting)
        {
            var rest = new ArrayBufferWriter<byte>(Math.Max(Waiting, 256));
            rest.Write(_waiting.WrittenSpan[_sent..]);
            (_waiting, _sent) = (rest, 0);
        }
    }

    /// <summary>The pty takes input again.</summary>
    public void Continue()
    {
        while (Waiting > 0 && pty.Write(_waiting.WrittenSpan[_sent..], out var count) == IoOutcome.Done)
        {
            _sent += count;
        }

        if (Waiting == 0)
        {
            _sent = 0;
            if (_waiting.Capacity > KeptCapacity)
            {
                _waiting = new ArrayBufferWriter<byte>();
            }
            else
            {
                _waiting.ResetWrittenCount();
            }
        }
    }
}
