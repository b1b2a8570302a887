using Tether.Daemon.Native;

namespace Tether.Daemon.Sessions;

/// <summary>Ends a session's program: SIGHUP, after the grace period SIGTERM, after another SIGKILL. Owned by the session's thread.</summary>
internal sealed class ProgramStop(Pty pty, Deadlines deadlines, TimeSpan grace)
{
    /// <summary>Why the program will have ended; null while nobody asked.</summary>
    public string? Reason { get; private set; }

    public void Begin(string by, bool isForced)
    {
        Reason ??= $"stopped by {by}";
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
