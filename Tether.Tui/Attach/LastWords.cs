using System.Runtime.InteropServices;
using Tether.Protocol.Model;
using Tether.Tui.Native;
using Tether.Tui.Terminal;

namespace Tether.Tui.Attach;

/// <summary>The line that is left behind when attaching is over, and the exit status that goes with it.</summary>
internal static class LastWords
{
    public static int Say(VisitEnd end, IEnumerable<string> notes)
    {
        foreach (var note in notes)
        {
            Write($"[{note}]");
        }

        switch (end)
        {
            case VisitEnd.Exited(var session):
                Write($"[{Describe(session)}]");
                return StatusOf(session);
            case VisitEnd.Detached(var session):
                Write($"[detached from {session.Id}]");
                return ExitCodes.Done;
            case VisitEnd.Terminated(var signal):
                return StatusOf(signal);
            default:
                return ExitCodes.Done;
        }
    }

    /// <summary>How a session ended, in a few words.</summary>
    public static string Describe(SessionRecord session)
    {
        var how = session switch
        {
            { State: SessionState.Lost } => "lost",
            { Signal: { } signal } => $"ended by signal {signal}",
            { ExitCode: { } code } => $"exited with code {code}",
            _ => "ended",
        };
        return session.EndReason is { Length: > 0 } reason ? $"{how}: {reason}" : how;
    }

    /// <summary>The session's own status, as a shell gives it.</summary>
    public static int StatusOf(SessionRecord session) => session switch
    {
        { Signal: { } signal } => ExitCodes.Signalled + signal,
        { ExitCode: { } code } => code,
        _ => ExitCodes.Failure,
    };

    /// <summary>The status of a program that was told to end.</summary>
    public static int StatusOf(PosixSignal signal) => ExitCodes.Signalled + NumberOf(signal);

    private static void Write(string line)
    {
        if (StandardStreams.IsOutputTerminal)
        {
            Descriptor.Write(2, System.Text.Encoding.UTF8.GetBytes(line + "\n"));
        }
    }

    private static int NumberOf(PosixSignal signal) => signal switch
    {
        PosixSignal.SIGHUP => 1,
        PosixSignal.SIGINT => 2,
        PosixSignal.SIGQUIT => 3,
        _ => 15,
    };
}
