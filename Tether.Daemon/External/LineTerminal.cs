using Tether.Daemon.Native;

namespace Tether.Daemon.External;

/// <summary>
/// A pty whose two ends are both the daemon's. The kernel's line discipline stands between them: it edits the line that a person types and echoes it, gives it
/// on whole, and makes CR LF of the LF in what the agent says.
/// </summary>
internal static unsafe class LineTerminal
{
    /// <summary>Control-C: ends a line that is none, so that it is read at once.</summary>
    public const byte Interrupt = 0x03;

    // struct termios of Linux, glibc and musl: four words of flags, the line discipline's number, the special characters.
    private const int SettingsSize = 60;
    private const int InputFlags = 0, OutputFlags = 1, LocalFlags = 3;
    private const int SpecialCharacters = 17, EndOfFile = 4, SecondEndOfLine = 16;

    private const uint ICRNL = 0x100, IMAXBEL = 0x2000, IUTF8 = 0x4000;
    private const uint OPOST = 1, ONLCR = 4;
    private const uint ICANON = 2, ECHO = 8, ECHOE = 0x10, ECHOK = 0x20, ECHOCTL = 0x200, ECHOKE = 0x800, IEXTEN = 0x8000;

    /// <summary>Both ends, close-on-exec and non-blocking.</summary>
    /// <returns>The end that a session has, and the agent's.</returns>
    /// <exception cref="NativeError">There are no more.</exception>
    public static (int Master, int Slave) Open(int columns, int rows)
    {
        var master = NativeError.Check(Libc.posix_openpt(Libc.O_RDWR | Libc.O_NOCTTY | Libc.O_CLOEXEC | Libc.O_NONBLOCK), "posix_openpt");
        try
        {
            NativeError.Check(Libc.grantpt(master), "grantpt");
            NativeError.Check(Libc.unlockpt(master), "unlockpt");
            var size = new Libc.WindowSize { Columns = (ushort)columns, Rows = (ushort)rows };
            NativeError.Check(Libc.ioctl(master, Libc.TIOCSWINSZ, &size), "TIOCSWINSZ");
            var slave = NativeError.Check(
                Libc.ioctl(master, Libc.TIOCGPTPEER, (void*)(nint)(Libc.O_RDWR | Libc.O_NOCTTY | Libc.O_CLOEXEC | Libc.O_NONBLOCK)), "TIOCGPTPEER");
            Set(slave);
            return (master, slave);
        }
        catch
        {
            _ = Libc.close(master);
            throw;
        }
    }

    // No signals, for there is nobody to have them; no flow control, which would hold up the agent; no end of file.
    private static void Set(int slave)
    {
        var settings = stackalloc byte[SettingsSize];
        NativeError.Check(Libc.tcgetattr(slave, settings), "tcgetattr");
        ((uint*)settings)[InputFlags] = ICRNL | IMAXBEL | IUTF8;
        ((uint*)settings)[OutputFlags] = OPOST | ONLCR;
        ((uint*)settings)[LocalFlags] = ICANON | ECHO | ECHOE | ECHOK | ECHOCTL | ECHOKE | IEXTEN;
        settings[SpecialCharacters + EndOfFile] = 0;
        settings[SpecialCharacters + SecondEndOfLine] = Interrupt;
        NativeError.Check(Libc.tcsetattr(slave, Libc.TCSANOW, settings), "tcsetattr");
    }
}
