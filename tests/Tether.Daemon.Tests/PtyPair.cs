using System.Diagnostics;
using System.Text;
using Tether.Daemon.Native;

namespace Tether.Daemon.Tests;

/// <summary>
/// A pty without a program: the test itself plays whoever is at either end. As a session's pty the slave is the program; as a person's
/// terminal the master is the window. Raw, so that every byte passes as it is.
/// </summary>
internal sealed unsafe class PtyPair : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private int _master;
    private int _slave;

    public PtyPair(int columns = 80, int rows = 24)
    {
        _master = NativeError.Check(Libc.posix_openpt(Libc.O_RDWR | Libc.O_NOCTTY | Libc.O_CLOEXEC | Libc.O_NONBLOCK), "posix_openpt");
        NativeError.Check(Libc.unlockpt(_master), "unlockpt");
        var name = stackalloc byte[64];
        _ = Libc.ptsname_r(_master, name, 64);
        Name = new string((sbyte*)name);
        _slave = OpenSlave();
        Resize(columns, rows);
        SetFlags(0, 0, 0);
    }

    /// <summary>The slave's path.</summary>
    public string Name { get; }

    public int Master => _master;

    public int Slave => _slave;

    public (int Columns, int Rows) Size
    {
        get
        {
            Libc.WindowSize size;
            NativeError.Check(Libc.ioctl(_slave, Libc.TIOCGWINSZ, &size), "TIOCGWINSZ");
            return (size.Columns, size.Rows);
        }
    }

    /// <summary>c_iflag, c_oflag and c_lflag of the terminal.</summary>
    public (uint Input, uint Output, uint Local) Flags
    {
        get
        {
            fixed (byte* settings = Settings())
            {
                return (((uint*)settings)[0], ((uint*)settings)[1], ((uint*)settings)[3]);
            }
        }
    }

    /// <summary>Another description of the slave, as a client would send one.</summary>
    public int OpenSlave() => NativeError.Check(Libc.open(Name, Libc.O_RDWR | Libc.O_NOCTTY | Libc.O_NONBLOCK | Libc.O_CLOEXEC, 0), $"open {Name}");

    /// <summary>struct termios as it is now.</summary>
    public byte[] Settings()
    {
        var settings = new byte[60];
        fixed (byte* start = settings)
        {
            NativeError.Check(Libc.tcgetattr(_slave, start), "tcgetattr");
        }

        return settings;
    }

    public void SetFlags(uint input, uint output, uint local)
    {
        fixed (byte* settings = Settings())
        {
            (((uint*)settings)[0], ((uint*)settings)[1], ((uint*)settings)[3]) = (input, output, local);
            NativeError.Check(Libc.tcsetattr(_slave, Libc.TCSANOW, settings), "tcsetattr");
        }
    }

    /// <summary>The master is somebody else's to close now.</summary>
    public int TakeMaster()
    {
        var master = _master;
        _master = -1;
        return master;
    }

    public void Resize(int columns, int rows)
    {
        var size = new Libc.WindowSize { Columns = (ushort)columns, Rows = (ushort)rows };
        NativeError.Check(Libc.ioctl(_master, Libc.TIOCSWINSZ, &size), "TIOCSWINSZ");
    }

    /// <summary>The program prints.</summary>
    public void Print(string text) => Print(Encoding.UTF8.GetBytes(text));

    public void Print(ReadOnlySpan<byte> bytes) => WriteAll(_slave, bytes);

    /// <summary>The person types.</summary>
    public void Type(string text) => WriteAll(_master, Encoding.UTF8.GetBytes(text));

    /// <summary>What the program reads next, so many bytes of it.</summary>
    public byte[] ReadInput(int count) => ReadAll(_slave, count);

    /// <summary>The program reads until the text has come; gives all of it.</summary>
    public string ReadInputUntil(string text) => ReadUntil(_slave, text);

    /// <summary>What stands on the person's window after the text has come, as bytes.</summary>
    public string ReadScreenUntil(string text) => ReadUntil(_master, text);

    /// <summary>What has come and was not read yet.</summary>
    public string Drain(bool screen)
    {
        var all = new List<byte>();
        var buffer = stackalloc byte[4096];
        while (Descriptors.Read(screen ? _master : _slave, buffer, 4096, out var count) == IoOutcome.Done)
        {
            all.AddRange(new ReadOnlySpan<byte>(buffer, count));
        }

        return Encoding.Latin1.GetString([.. all]);
    }

    /// <summary>The program lets go of its terminal.</summary>
    public void CloseSlave() => Close(ref _slave);

    /// <summary>The person closes the window.</summary>
    public void CloseMaster() => Close(ref _master);

    public void Dispose()
    {
        CloseSlave();
        CloseMaster();
    }

    private static void Close(ref int fd)
    {
        if (fd >= 0)
        {
            _ = Libc.close(fd);
            fd = -1;
        }
    }

    private static void WriteAll(int fd, ReadOnlySpan<byte> bytes)
    {
        using var poller = new Poller();
        poller.Add(fd, 0, read: false, write: true);
        Span<Readiness> ready = stackalloc Readiness[1];
        while (!bytes.IsEmpty)
        {
            switch (Descriptors.Write(fd, bytes, out var count))
            {
                case IoOutcome.HungUp:
                    throw new IOException("the other end is gone");
                case IoOutcome.WouldBlock when poller.Wait(ready, (int)Patience.TotalMilliseconds) == 0:
                    throw new TimeoutException($"{bytes.Length} bytes were not taken");
                default:
                    bytes = bytes[count..];
                    break;
            }
        }
    }

    private static byte[] ReadAll(int fd, int count)
    {
        var all = new List<byte>(count);
        Read(fd, all, () => all.Count >= count, count);
        return [.. all];
    }

    private static string ReadUntil(int fd, string text)
    {
        var all = new List<byte>();
        Read(fd, all, () => Encoding.Latin1.GetString([.. all]).Contains(text, StringComparison.Ordinal), int.MaxValue);
        return Encoding.Latin1.GetString([.. all]);
    }

    private static void Read(int fd, List<byte> all, Func<bool> isEnough, int most)
    {
        using var poller = new Poller();
        poller.Add(fd, 0, read: true, write: false);
        Span<Readiness> ready = stackalloc Readiness[1];
        var buffer = stackalloc byte[4096];
        var start = Stopwatch.GetTimestamp();
        while (!isEnough())
        {
            var left = Patience - Stopwatch.GetElapsedTime(start);
            var outcome = Descriptors.Read(fd, buffer, Math.Min(4096, most - all.Count), out var count);
            all.AddRange(new ReadOnlySpan<byte>(buffer, count));
            if (outcome == IoOutcome.HungUp || (outcome == IoOutcome.WouldBlock && (left <= TimeSpan.Zero || poller.Wait(ready, (int)left.TotalMilliseconds) == 0)))
            {
                throw new TimeoutException($"{outcome} after {all.Count} bytes: “{Encoding.Latin1.GetString([.. all])}”");
            }
        }
    }
}
