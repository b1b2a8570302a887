using System.Runtime.InteropServices;
using System.Text;
using Tether.Tui.Native;
using Tether.Tui.Terminal;

namespace Tether.Tui.Tests.Support;

/// <summary>A terminal that the test sits in front of: it types, and sees what was written.</summary>
internal sealed unsafe partial class TestPty : IDisposable
{
    private const int ReadWrite = 2;
    private const nuint SetWindowSize = 0x5414;
    private const int EchoOffset = 12;
    private const int Echo = 8;

    private int _master;
    private readonly StringBuilder _seen = new();

    public TestPty(int columns = 80, int rows = 24)
    {
        _master = posix_openpt(ReadWrite);
        _ = grantpt(_master);
        _ = unlockpt(_master);
        var size = new WindowSize { Columns = (ushort)columns, Rows = (ushort)rows };
        _ = LibC.ioctl(_master, SetWindowSize, &size);
        var name = stackalloc byte[64];
        _ = ptsname_r(_master, name, 64);
        Device = TerminalDevice.TryOpen(Marshal.PtrToStringUTF8((nint)name)!)!;
    }

    public TerminalDevice Device { get; }

    public bool IsEchoing
    {
        get
        {
            var settings = new byte[128];
            fixed (byte* start = settings)
            {
                _ = LibC.tcgetattr(_master, start);
            }

            return (BitConverter.ToInt32(settings, EchoOffset) & Echo) != 0;
        }
    }

    public void Type(string text) => Descriptor.Write(_master, Encoding.UTF8.GetBytes(text));

    /// <summary>Waits until a text has been written; gives everything written since the last call.</summary>
    public string See(string text)
    {
        var buffer = new byte[4096];
        while (!_seen.ToString().Contains(text, StringComparison.Ordinal))
        {
            if (!Poller.WaitReadable(_master, 10_000))
            {
                throw new TimeoutException($"never saw {text}; saw {_seen}");
            }

            _seen.Append(Encoding.UTF8.GetString(buffer, 0, Math.Max(0, Descriptor.Read(_master, buffer))));
        }

        var seen = _seen.ToString();
        _seen.Clear();
        return seen;
    }

    /// <summary>The window is closed.</summary>
    public void HangUp()
    {
        Descriptor.Close(_master);
        _master = -1;
    }

    public void Dispose()
    {
        Device.Dispose();
        Descriptor.Close(_master);
    }

    [LibraryImport("libc")]
    private static partial int posix_openpt(int flags);

    [LibraryImport("libc")]
    private static partial int grantpt(int descriptor);

    [LibraryImport("libc")]
    private static partial int unlockpt(int descriptor);

    [LibraryImport("libc")]
    private static partial int ptsname_r(int descriptor, byte* name, nuint length);
}
