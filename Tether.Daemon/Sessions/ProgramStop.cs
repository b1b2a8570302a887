using Tether.Daemon.Native;
using Tether.Protocol.Model;

namespace Tether.Daemon.Sessions;

/// <summary>Ends a session's program: SIGHUP, after the grace period SIGTERM, after another SIGKILL. Owned by the session's thread.</summary>
internal sealed class ProgramStop(Pty pty, Deadlines deadlines, TimeSpan grace)
{
    private const string Stopped = "stopped by ";

    /// <summary>Why the program will have ended; null while nobody asked.</summary>
    public string? Reason { get; private set; }

    /// <summary>True for a session that somebody ended on purpose.</summary>
    public static bool IsReasonOf(SessionRecord session) => session.EndReason?.StartsWith(Stopped, StringComparison.Ordinal) == true;

    public void Begin(string by, bool isForced)
    {
        Reason ??= Stopped + by;
        if (isForced)
        {
            pty.Signal(Libc.SIGKILL);
            return;
        }

        // A stopped job acts on a signal only once it is continued.
        pty.Signal(Libc.SIGHUP);
        pty.Signal(Libc.SIGCONT);
        deadlines.After(grace, () =>
        {
            pty.Signal(Libc.SIGTERM);
            deadlines.After(grace, () => pty.Signal(Libc.SIGKILL));
        });
    }
}
