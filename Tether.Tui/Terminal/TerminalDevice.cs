using System.Text;
using Tether.Tui.Native;

namespace Tether.Tui.Terminal;

/// <summary>
/// The terminal this program was started in, as the tty that it is: settings, size, bytes. Opened as a description of its own, so that no flag set
/// on it (by us, or by the daemon it is lent to) stays behind in the user's shell.
/// </summary>
internal sealed unsafe class TerminalDevice : IDisposable
{
    // Larger than struct termios of Linux (60 bytes) and macOS (72).
    private const int SettingsSize = 128;

    private readonly int _descriptor;
    private readonly byte[] _saved = new byte[SettingsSize];
    private bool _isRaw;
    private bool _isDisposed;

    private TerminalDevice(string? name, int descriptor, int lendable)
    {
        Name = name;
        _descriptor = descriptor;
        LendableDescriptor = lendable;
        fixed (byte* settings = _saved)
        {
            NativeException.Check(LibC.tcgetattr(descriptor, settings), "tcgetattr");
        }
    }

    /// <summary>Its path, as in /dev/pts/3; null when it has none here.</summary>
    public string? Name { get; }

    /// <summary>To be waited on for typed bytes.</summary>
    public int WaitDescriptor => _descriptor;

    /// <summary>A second description of the terminal for the daemon; -1 when it could not be opened.</summary>
    public int LendableDescriptor { get; }

    /// <summary>struct termios as it was before raw mode.</summary>
    public byte[] SavedSettings => _saved[..(OperatingSystem.IsMacOS() ? 72 : 60)];

    /// <summary>Null when standard input or output is no terminal.</summary>
    public static TerminalDevice? TryOpen()
    {
        if (LibC.isatty(0) == 0 || LibC.isatty(1) == 0)
        {
            return null;
        }

        var name = NameOf(0);
        return (name is null ? null : TryOpen(name)) ?? TryOpenControlling(name) ?? new TerminalDevice(name, 0, -1);
    }

    /// <summary>Null when there is no such terminal or it may not be opened.</summary>
    public static TerminalDevice? TryOpen(string name) =>
        Descriptor.OpenTerminal(name) is var own and >= 0 ? new TerminalDevice(name, own, Descriptor.OpenTerminal(name)) : null;

    // After `su`, the terminal's file belongs to somebody else, but /dev/tty is anybody's. Only the controlling terminal has a foreground group. (macOS cannot poll it.)
    private static TerminalDevice? TryOpenControlling(string? name) =>
        OperatingSystem.IsLinux() && LibC.tcgetpgrp(0) >= 0 && Descriptor.OpenTerminal("/dev/tty") is var own and >= 0
            ? new TerminalDevice(name, own, -1)
            : null;

    /// <summary>The path of the terminal behind a descriptor; null when it is none.</summary>
    public static string? NameOf(int descriptor)
    {
        const int Longest = 256;
        var name = stackalloc byte[Longest];
        return LibC.isatty(descriptor) != 0 && LibC.ttyname_r(descriptor, name, Longest) == 0
            ? Encoding.UTF8.GetString(new ReadOnlySpan<byte>(name, new ReadOnlySpan<byte>(name, Longest).IndexOf((byte)0)))
            : null;
    }

    /// <summary>In cells; 80×24 where the terminal does not know.</summary>
    public (int Columns, int Rows) Size
    {
        get
        {
            WindowSize size;
            var isKnown = LibC.ioctl(_descriptor, LibC.GetWindowSize, &size) == 0 && size.Columns > 0 && size.Rows > 0;
            return isKnown ? (size.Columns, size.Rows) : (80, 24);
        }
    }

    /// <summary>Bytes that the device has taken and not sent on; 0 where that is not known, as on every pty.</summary>
    public int Unsent
    {
        get
        {
            int count;
            return LibC.ioctl(_descriptor, LibC.GetOutputQueue, &count) == 0 ? count : 0;
        }
    }

    /// <summary>
    /// A program that died in raw mode had found these settings. They are what <see cref="LeaveRawMode"/> puts back, unless somebody has put the terminal right since.
    /// </summary>
    public void Adopt(ReadOnlySpan<byte> settings)
    {
        var length = SavedSettings.Length;
        if (settings.Length != length)
        {
            return;
        }

        var raw = new byte[SettingsSize];
        settings.CopyTo(raw);
        fixed (byte* start = raw)
        {
            LibC.cfmakeraw(start);
        }

        if (raw.AsSpan(0, length).SequenceEqual(_saved.AsSpan(0, length)))
        {
            settings.CopyTo(_saved);
        }
    }

    /// <summary>Every byte as it is typed, nothing echoed, nothing translated. May be called again after a stop.</summary>
    public void EnterRawMode()
    {
        var raw = (byte[])_saved.Clone();
        fixed (byte* settings = raw)
        {
            LibC.cfmakeraw(settings);
            _isRaw = true;
            _ = LibC.tcsetattr(_descriptor, LibC.AtOnce, settings);
        }
    }

    /// <summary>Puts the settings back as they were found. Harmless when repeated; called from any thread as the last thing.</summary>
    public void LeaveRawMode()
    {
        if (!_isRaw)
        {
            return;
        }

        _isRaw = false;
        fixed (byte* settings = _saved)
        {
            _ = LibC.tcsetattr(_descriptor, LibC.AtOnce, settings);
        }
    }

    /// <summary>0 when the terminal has hung up, -1 when nothing is typed now.</summary>
    public int Read(Span<byte> buffer) => Descriptor.Read(_descriptor, buffer);

    public bool Write(ReadOnlySpan<byte> bytes) => Descriptor.Write(_descriptor, bytes);

    /// <summary>Writes what the terminal takes now: how many bytes, 0 when none; -1 when it has hung up.</summary>
    public int TryWrite(ReadOnlySpan<byte> bytes)
    {
        const int Moment = 256;
        var isShared = _descriptor == 0;

        // A description that the shell uses too must not be made non-blocking; so little at a time fits when anything does.
        return isShared && !Poller.WaitWritable(_descriptor, 0) ? 0 : Descriptor.TryWrite(_descriptor, isShared ? bytes[..Math.Min(Moment, bytes.Length)] : bytes);
    }

    /// <summary>Writes everything. False when the terminal did not take it in time or has hung up.</summary>
    public bool Write(ReadOnlySpan<byte> bytes, int milliseconds)
    {
        var until = Environment.TickCount64 + milliseconds;
        var count = TryWrite(bytes);
        while (count >= 0 && count < bytes.Length && until - Environment.TickCount64 is var left and > 0)
        {
            Poller.WaitWritable(_descriptor, (int)left);
            bytes = bytes[count..];
            count = TryWrite(bytes);
        }

        return count == bytes.Length;
    }

    public void Dispose()
    {
        LeaveRawMode();
        if (_descriptor > 0 && !_isDisposed)
        {
            _isDisposed = true;
            Descriptor.Close(_descriptor);
            Descriptor.Close(LendableDescriptor);
        }
    }
}
