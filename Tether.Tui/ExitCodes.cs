using Tether.Protocol.Wire;

namespace Tether.Tui;

/// <summary>
/// Every exit status of `tether`, but one: a client that is attached when its session ends exits with the session's own status
/// (128 + the signal, when one ended it).
/// </summary>
internal static class ExitCodes
{
    public const int Done = 0;

    /// <summary>It did not work; the message says why.</summary>
    public const int Failure = 1;

    /// <summary>The command line was not understood.</summary>
    public const int Usage = 2;

    /// <summary>No session, item or rule by that name, or more than one.</summary>
    public const int NoSession = 3;

    /// <summary>
    /// Not possible in this state: the session has ended, still runs, somebody else is in control or was first. Also `wait`, when the session ended and
    /// something else was waited for.
    /// </summary>
    public const int WrongState = 4;

    /// <summary>The daemon cannot be reached or started.</summary>
    public const int NoDaemon = 5;

    /// <summary>The provider's program is not installed.</summary>
    public const int NotInstalled = 6;

    /// <summary>
    /// Nothing was typed: somebody has typed something into the session that is not sent yet, or its agent asks something first, and it was not to be waited
    /// for any longer.
    /// </summary>
    public const int DraftPending = 7;

    /// <summary>`wait` ran out of time.</summary>
    public const int TimedOut = 124;

    /// <summary>What a signal adds itself to.</summary>
    public const int Signalled = 128;

    /// <summary>The status for an error that the daemon answered.</summary>
    public static int Of(string errorCode) => errorCode switch
    {
        ErrorCode.UnknownSession or ErrorCode.Ambiguous or ErrorCode.UnknownItem or ErrorCode.UnknownRule => NoSession,
        ErrorCode.NotRunning or ErrorCode.StillRunning or ErrorCode.NotController or ErrorCode.ControlTaken
            or ErrorCode.AlreadyAnswered or ErrorCode.AnswerInTerminal or ErrorCode.InUse => WrongState,
        ErrorCode.NotInstalled => NotInstalled,
        ErrorCode.DraftPending => DraftPending,
        ErrorCode.BadRequest or ErrorCode.UnknownProvider or ErrorCode.NoArguments or ErrorCode.BadDirectory or ErrorCode.TooLarge => Usage,
        _ => Failure,
    };
}
