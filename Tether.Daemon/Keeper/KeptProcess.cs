using System.Runtime.InteropServices;
using Tether.Daemon.Native;

namespace Tether.Daemon.Keeper;

/// <summary>One program that the keeper holds: its master and, once it has ended, how. Touched by the keeper's loop alone.</summary>
internal sealed class KeptProcess
{
    private readonly bool _isChild;

    /// <exception cref="NativeError">It cannot be watched: out of descriptors.</exception>
    public KeptProcess(string session, ProcessIdentity identity, int master, bool isChild)
    {
        (Session, Identity, Master, _isChild) = (session, identity, master, isChild);
        EndDescriptor = Libc.pidfd_open(identity.ProcessId);
        if (EndDescriptor < 0 && Marshal.GetLastPInvokeError() != Libc.ESRCH)
        {
            throw NativeError.Last("pidfd_open");
        }

        // Its number may be somebody else's by now, whose end says nothing. One's own child keeps its number until it is reaped.
        if (!isChild && !identity.IsAlive && EndDescriptor >= 0)
        {
            _ = Libc.close(EndDescriptor);
            EndDescriptor = -1;
        }
    }

    public string Session { get; }

    public ProcessIdentity Identity { get; }

    public int Master { get; }

    /// <summary>Readable when the process has ended, also when it is no child of ours; -1 when it had ended before.</summary>
    public int EndDescriptor { get; }

    public bool HasExited { get; private set; }

    public int? ExitCode { get; private set; }

    public int? Signal { get; private set; }

    /// <summary>Reaps a child that has ended; the status of one that another keeper started cannot be known.</summary>
    public unsafe bool TryReap()
    {
        if (!_isChild)
        {
            return HasExited = true;
        }

        int status;
        var result = Libc.waitpid(Identity.ProcessId, &status, Libc.WNOHANG);
        if (result == 0 || (result < 0 && Marshal.GetLastPInvokeError() == Libc.EINTR))
        {
            return false;
        }

        if (result > 0)
        {
            // WIFEXITED, WEXITSTATUS, WTERMSIG.
            ExitCode = (status & 0x7f) == 0 ? (status >> 8) & 0xff : null;
            Signal = (status & 0x7f) == 0 ? null : status & 0x7f;
        }

        return HasExited = true;
    }

    public KeeperMessage.Held Describe() => new(Session, Identity.ProcessId, Identity.StartTime, HasExited, ExitCode, Signal);

    public void Close()
    {
        _ = Libc.close(Master);
        if (EndDescriptor >= 0)
        {
            _ = Libc.close(EndDescriptor);
        }
    }
}
