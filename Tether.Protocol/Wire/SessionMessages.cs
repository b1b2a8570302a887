using Tether.Protocol.Model;

namespace Tether.Protocol.Wire;

/// <summary>Start a provider's program in a new session.</summary>
public sealed record CreateRequest : Request
{
    /// <summary>A name from the white-list: a built-in one or one of providers.json.</summary>
    public required string Provider { get; init; }

    /// <summary>At most 64, each at most 4096 bytes (a local client: 1024 and 128 KiB).</summary>
    public string[] Arguments { get; set; } = [];

    /// <summary>Absolute; null for the home directory.</summary>
    public string? Directory { get; init; }

    /// <summary>The caller's whole environment as `KEY=value`; only local clients may send it. Null: an allow-list of the daemon's own.</summary>
    public string[]? Environment { get; init; }

    /// <summary>How many files the caller's shell lets a program open (`ulimit -Sn`); only local clients may say. 0: as many as the daemon.</summary>
    public int FileLimit { get; init; }

    /// <summary>The caller's file mode mask (umask), 0–511; only local clients may say. -1: the daemon's.</summary>
    public int Umask { get; set; } = -1;

    /// <summary>One line of at most 64 characters; null for the provider's name.</summary>
    public string? Title { get; init; }

    /// <summary>1–2000 cells; 0 for the configured default.</summary>
    public int Columns { get; init; }

    /// <summary>1–1000 cells; 0 for the configured default.</summary>
    public int Rows { get; init; }

    /// <summary>What the agent may do unasked; null for the configured mode.</summary>
    public ApprovalMode? Approval { get; init; }

    /// <summary>Foreground, background and cursor of the terminal that will show it first, each 0xRRGGBB; null for the configured ones.</summary>
    public int[]? Colors { get; init; }
}

/// <summary>One session: the answer to create, rename, tag and stop.</summary>
public sealed record SessionReply : Reply
{
    public required SessionRecord Session { get; init; }
}

/// <summary>All running sessions, or all that are remembered.</summary>
public sealed record ListRequest : Request
{
    public bool All { get; init; }
}

/// <summary>Oldest first.</summary>
public sealed record SessionsReply : Reply
{
    public required SessionRecord[] Sessions { get; init; }
}

/// <summary>End the session's program: SIGHUP, after the grace period SIGTERM, then SIGKILL, to its process group. Answered when it has ended.</summary>
public sealed record StopRequest : SessionRequest
{
    /// <summary>SIGKILL at once.</summary>
    public bool Force { get; init; }
}

/// <summary>Give the session another title.</summary>
public sealed record RenameRequest : SessionRequest
{
    public required string Title { get; init; }
}

/// <summary>Give the session these tags instead of those it has.</summary>
public sealed record TagRequest : SessionRequest
{
    /// <summary>At most 16, each of 1–32 characters without white space, commas and control characters.</summary>
    public required string[] Tags { get; init; }
}

/// <summary>Forget an ended session and delete its journal.</summary>
public sealed record DeleteRequest : SessionRequest;

/// <summary>Who is attached.</summary>
public sealed record ClientsRequest : SessionRequest;

/// <summary>In the order they came.</summary>
public sealed record ClientsReply : Reply
{
    public required ViewerRecord[] Clients { get; init; }
}

/// <summary>
/// Type a text into a session: as one bracketed paste where the program asked for it, then Enter as a write of its own.
/// Refused while somebody else is in control, unless <see cref="Take"/>.
/// </summary>
public sealed record InputRequest : SessionRequest
{
    public required string Text { get; init; }

    /// <summary>Press Enter once the text has settled on the screen.</summary>
    public bool Enter { get; init; }

    /// <summary>Type although another client is in control; that client is told.</summary>
    public bool Take { get; init; }

    /// <summary>Join what somebody has typed already, instead of waiting until it is sent or cleared.</summary>
    public bool Append { get; init; }

    /// <summary>How long it may wait for its turn, 0–86400; 0: refuse with `draft-pending` at once; null: 60.</summary>
    public double? WaitSeconds { get; init; }

    /// <summary>Tell each step by <see cref="InputProgressNotice"/>, watch the agent's state after Enter, and answer with what came of it.</summary>
    public bool Follow { get; init; }
}

/// <summary>How far a text came. Without <see cref="InputRequest.Follow"/> one of `typed`, `submitted` and `unconfirmed`.</summary>
public sealed record InputReply : Reply
{
    /// <summary>One of <see cref="SendReceipt"/>.</summary>
    public required string Receipt { get; init; }

    /// <summary>Why, for people; null where the receipt says it all.</summary>
    public string? Reason { get; init; }
}

/// <summary>A step of an `input` that asked to be followed, before its reply.</summary>
public sealed record InputProgressNotice : Message
{
    /// <summary>The <see cref="Request.Id"/> of the `input`.</summary>
    public required int Request { get; init; }

    /// <summary>One of <see cref="SendReceipt"/>.</summary>
    public required string Receipt { get; init; }

    /// <summary>Why, for people; null where the receipt says it all.</summary>
    public string? Reason { get; init; }
}

/// <summary>Press keys by name, as `ctrl-c`, `up`, `enter`, `f5`, `alt-x`; encoded as the program's keyboard mode asks for.</summary>
public sealed record KeysRequest : SessionRequest
{
    public required string[] Keys { get; init; }

    public bool Take { get; init; }
}

/// <summary>The screen of a session, live or ended, with so many rows of scrollback above it.</summary>
public sealed record CaptureRequest : SessionRequest
{
    /// <summary>Rows of scrollback; -1 for all there are.</summary>
    public int Scrollback { get; init; }

    /// <summary>`text` (trailing blanks cut), `ansi` (with SGR), `json` (rows with their wrap marks), `html` (a page), `svg` (a picture) or `vt` (what paints it into a terminal of this size that shows nothing yet, state and marks included).</summary>
    public string Format { get; set; } = "text";
}

public sealed record CaptureReply : Reply
{
    public required string Text { get; init; }

    public required int Columns { get; init; }

    public required int Rows { get; init; }

    /// <summary>0-based row and column on the screen.</summary>
    public required int CursorRow { get; init; }

    public required int CursorColumn { get; init; }

    /// <summary>As <see cref="Model.SessionRecord.OutputRow"/>, at the moment of the capture.</summary>
    public long OutputRow { get; init; }
}

/// <summary>
/// The journal from an offset on, as binary History frames that hold whole <see cref="JournalRecord"/>s, then `history-end`.
/// </summary>
public sealed record HistoryRequest : SessionRequest
{
    public long From { get; init; }
}

/// <summary>The end of the journal at the time it was read, and the first offset that is still kept.</summary>
public sealed record HistoryReply : Reply
{
    public required long First { get; init; }

    public required long End { get; init; }
}

/// <summary>Answer when something has happened to a session: `exit`; `idle` (no output for <see cref="IdleSeconds"/>); `text` (a row of the screen matches <see cref="Pattern"/>).</summary>
public sealed record WaitRequest : SessionRequest
{
    public required string For { get; init; }

    /// <summary>A .NET regular expression without back-references or look-around (it is matched in linear time).</summary>
    public string? Pattern { get; init; }

    public double IdleSeconds { get; set; } = 2;

    /// <summary>0: wait for ever.</summary>
    public double TimeoutSeconds { get; init; }
}

/// <summary>`exit`, `idle`, `text`, or `timeout`.</summary>
public sealed record WaitReply : Reply
{
    public required string Outcome { get; init; }

    public required SessionRecord Session { get; init; }

    /// <summary>The row that matched, for `text`.</summary>
    public string? Row { get; init; }
}
