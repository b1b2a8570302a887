using Tether.Daemon.Native;

namespace Tether.Daemon.Sessions;

/// <summary>The master of a session's pty, and the process behind it. Used by the session's thread.</summary>
internal sealed unsafe class Pty(int master, ProcessIdentity leader) : IDisposable
{
    public int Descriptor { get; } = master;

    /// <summary>The program: leader of its own session and process group.</summary>
    public ProcessIdentity Leader { get; } = leader;

    /// <summary>Reads what there is, at most <paramref name="room"/> bytes.</summary>
    public IoOutcome Read(byte* buffer, int room, out int count) => Descriptors.Read(Descriptor, buffer, room, out count);

    /// <summary>Writes as much as the program's input queue takes now.</summary>
    public IoOutcome Write(ReadOnlySpan<byte> bytes, out int count) => Descriptors.Write(Descriptor, bytes, out count);

    /// <summary>Sets the size; the kernel sends SIGWINCH to the foreground process group when it differs.</summary>
    public void Resize(int columns, int rows)
    {
        var size = new Libc.WindowSize { Columns = (ushort)columns, Rows = (ushort)rows };
        _ = Libc.ioctl(Descriptor, Libc.TIOCSWINSZ, &size);
    }

    /// <summary>The process group that has the terminal; 0 when it is not known.</summary>
    public int ForegroundGroup
    {
        get
        {
            int group;
            return Libc.ioctl(Descriptor, Libc.TIOCGPGRP, &group) == 0 ? group : 0;
        }
    }

    /// <summary>
    /// True when the program reads keys one by one, not lines, and has read all that was written. Asks the kernel at the terminal's other end, which is
    /// opened for it: not for hot paths.
    /// </summary>
    public bool IsReadByKey
    {
        get
        {
            var slave = Libc.ioctl(Descriptor, Libc.TIOCGPTPEER, (void*)(nint)(Libc.O_RDWR | Libc.O_NOCTTY | Libc.O_CLOEXEC));
            if (slave < 0)
            {
                return false;
            }

            const int LocalFlags = 3;
            const uint Canonical = 2;
            var settings = stackalloc uint[32];
            int unread;
            var isRead = Libc.tcgetattr(slave, settings) == 0 && (settings[LocalFlags] & Canonical) == 0
                && Libc.ioctl(slave, Libc.FIONREAD, &unread) == 0 && unread == 0;
            _ = Libc.close(slave);
            return isRead;
        }
    }

    /// <summary>True when the program reads a line that is not echoed, as a password.</summary>
    public bool HidesLine
    {
        get
        {
            const int LocalFlags = 3;
            const uint Canonical = 2, Echo = 8;
            var settings = stackalloc uint[32];
            return Libc.tcgetattr(Descriptor, settings) == 0 && (settings[LocalFlags] & (Canonical | Echo)) == Canonical;
        }
    }

    /// <summary>Signals the program's process group and the one in the foreground, if the program is still the one that was started.</summary>
    public void Signal(int signal)
    {
        if (!Leader.IsAlive)
        {
            return;
        }

        var foreground = ForegroundGroup;
        if (foreground > 1 && foreground != Leader.ProcessId)
        {
            _ = Libc.kill(-foreground, signal);
        }

        _ = Libc.kill(-Leader.ProcessId, signal);
    }

    public void Dispose() => _ = Libc.close(Descriptor);
}
