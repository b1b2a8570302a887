namespace Tether.Protocol.Wire;

/// <summary>The codes of <see cref="ErrorReply"/>.</summary>
public static class ErrorCode
{
    /// <summary>The message could not be read, or a value is outside what is allowed.</summary>
    public const string BadRequest = "bad-request";

    /// <summary>No common protocol version.</summary>
    public const string Version = "version";

    /// <summary>No session by that id, prefix or title.</summary>
    public const string UnknownSession = "unknown-session";

    /// <summary>More than one session fits the prefix or title.</summary>
    public const string Ambiguous = "ambiguous";

    /// <summary>The session has ended.</summary>
    public const string NotRunning = "not-running";

    /// <summary>The session still runs, and what was asked needs it ended.</summary>
    public const string StillRunning = "still-running";

    /// <summary>This channel may not type or resize: it observes.</summary>
    public const string NotController = "not-controller";

    /// <summary>Somebody else is in control.</summary>
    public const string ControlTaken = "control-taken";

    /// <summary>No provider by that name.</summary>
    public const string UnknownProvider = "unknown-provider";

    /// <summary>The provider takes no arguments.</summary>
    public const string NoArguments = "no-arguments";

    /// <summary>The provider's program is not on the PATH.</summary>
    public const string NotInstalled = "not-installed";

    /// <summary>The directory does not exist or may not be entered.</summary>
    public const string BadDirectory = "bad-directory";

    /// <summary>The program could not be started.</summary>
    public const string SpawnFailed = "spawn-failed";

    /// <summary>No attachment by that channel number on this connection.</summary>
    public const string UnknownChannel = "unknown-channel";

    /// <summary>A message, a paste or a count is over its limit.</summary>
    public const string TooLarge = "too-large";

    /// <summary>The terminal could not be lent; attach again without `lend`.</summary>
    public const string CannotLend = "cannot-lend";

    /// <summary>No item of the queue by that id or beginning.</summary>
    public const string UnknownItem = "unknown-item";

    /// <summary>Somebody was first; the message says who, when and where.</summary>
    public const string AlreadyAnswered = "already-answered";

    /// <summary>The item cannot be answered from here: only in the session's own terminal.</summary>
    public const string AnswerInTerminal = "answer-in-terminal";

    /// <summary>The asker is supervised itself, gave a wrong secret, or may not do this.</summary>
    public const string NotAllowed = "not-allowed";

    /// <summary>No rule by that id, or it cannot be changed here.</summary>
    public const string UnknownRule = "unknown-rule";

    /// <summary>The agent's session is in use elsewhere.</summary>
    public const string InUse = "in-use";

    /// <summary>Somebody has typed something into the session that is not sent yet.</summary>
    public const string DraftPending = "draft-pending";

    /// <summary>Something broke in the daemon; its log says what.</summary>
    public const string Internal = "internal";
}
