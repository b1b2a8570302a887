using Tether.Daemon.Native;

namespace Tether.Daemon.Sessions;

/// <summary>A client's terminal, opened by the daemon for itself: its own file description of the same tty.</summary>
internal sealed unsafe class TerminalDevice : IDisposable
{
    // How long last words may wait in all for a terminal that does not read, in milliseconds: a session waits with them.
    private const int LastWritePatience = 200;

    // c_oflag and c_lflag, and the bits that only a raw terminal has both cleared.
    private const int OutputFlags = 1, LocalFlags = 3;
    private const uint PostProcess = 1, Signals = 1;

    // struct termios of the C library is 60 bytes on 64-bit Linux.
    private const int SettingsSize = 60;

    private readonly byte[]? _settings;

    private TerminalDevice(int descriptor, byte[]? settings)
    {
        Descriptor = descriptor;
        _settings = settings is { Length: SettingsSize } ? settings : null;
    }

    public int Descriptor { get; }

    /// <summary>Opens the terminal behind a descriptor that a client sent, and closes that one. Null when it is no terminal or may not be opened.</summary>
    /// <param name="settings">The terminal's settings before the client made it raw.</param>
    public static TerminalDevice? Open(int received, byte[]? settings)
    {
        Libc.WindowSize size;
        var isTerminal = Libc.ioctl(received, Libc.TIOCGWINSZ, &size) == 0;
        var own = isTerminal ? Libc.open($"/proc/self/fd/{received}", Libc.O_RDWR | Libc.O_NOCTTY | Libc.O_NONBLOCK | Libc.O_CLOEXEC, 0) : -1;
        _ = Libc.close(received);
        return own < 0 ? null : new TerminalDevice(own, settings);
    }

    /// <summary>Writes what must not be lost, waiting a moment for a terminal that is slow to read.</summary>
    public void WriteLast(ReadOnlySpan<byte> bytes)
    {
        var end = Environment.TickCount64 + LastWritePatience;
        while (!bytes.IsEmpty)
        {
            var outcome = Descriptors.Write(Descriptor, bytes, out var count);
            bytes = bytes[count..];
            if (outcome == IoOutcome.HungUp || (outcome == IoOutcome.WouldBlock && !Descriptors.WaitWritable(Descriptor, end - Environment.TickCount64)))
            {
                return;
            }
        }
    }

    /// <summary>Puts the settings back that a killed client could not, unless somebody else has already changed them.</summary>
    public void RestoreSettings()
    {
        if (_settings is null)
        {
            return;
        }

        var now = stackalloc uint[64];
        if (Libc.tcgetattr(Descriptor, now) != 0 || (now[OutputFlags] & PostProcess) != 0 || (now[LocalFlags] & Signals) != 0)
        {
            return;
        }

        fixed (byte* settings = _settings)
        {
            _ = Libc.tcsetattr(Descriptor, Libc.TCSANOW, settings);
        }
    }

    public void Dispose() => _ = Libc.close(Descriptor);
}
