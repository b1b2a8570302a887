using Tether.Protocol.Model;

namespace Tether.Protocol.Wire;

/// <summary>
/// See a session. Its screen comes first, as a snapshot at some offset; then every byte from there, each once.
/// </summary>
public sealed record AttachRequest : SessionRequest
{
    public AttachMode Mode { get; init; }

    /// <summary>For `control`: take it from whoever has it. Otherwise the channel observes until control is free, and then gets it.</summary>
    public bool Take { get; init; }

    /// <summary>The client's terminal in cells: 1–2000 × 1–1000. Applied only while this channel is in control.</summary>
    public int Columns { get; init; }

    public int Rows { get; init; }

    /// <summary>
    /// Foreground, background and cursor of the client's terminal, each 0xRRGGBB, and behind them the 16 named colours or nothing. A controller's are what
    /// programs are told. Null: not known; then the daemon asks a terminal that is lent. Empty: the terminal does not tell.
    /// </summary>
    public int[]? Colors { get; init; }

    /// <summary>Rows of scrollback to print above the screen in the snapshot.</summary>
    public int Scrollback { get; init; }

    /// <summary>For a client that shows many sessions at once: as <see cref="PaceRequest.Milliseconds"/>, but not held. A lent terminal is not paced.</summary>
    public int Pace { get; init; }

    /// <summary>
    /// For a client whose emulator goes on for the session's own: each snapshot begins with a full reset (RIS) and holds what no person's terminal
    /// should get, so that whatever comes next has the same effect on both. Not for a lent terminal.
    /// </summary>
    public bool Replica { get; init; }

    /// <summary>
    /// Local socket only: the terminal's descriptor comes with this message, and the daemon reads and writes it itself while this channel is
    /// in control. Answered with `cannot-lend` when that is impossible, and with mode `observe` and `lent` false when control is not free.
    /// </summary>
    public bool Lend { get; init; }

    /// <summary>With <see cref="Lend"/>: the byte that opens the client's own menu (Ctrl-] is 29); 0 for none.</summary>
    public int Chord { get; init; }

    /// <summary>With <see cref="Lend"/>: the terminal's settings before raw mode (struct termios), to be put back if the client is killed.</summary>
    public byte[]? Termios { get; init; }

    /// <summary>
    /// How the client's terminal shows desktop notifications: `osc9`, `osc777` or `osc99`, behind each `-tmux` when a tmux stands between, as
    /// <see cref="DesktopAlert"/> takes it; `notice`: the client has a way of its own. Null, or anything else: it shows none.
    /// </summary>
    public string? Alerts { get; init; }
}

public sealed record AttachedReply : Reply
{
    /// <summary>Names this attachment in later messages and in binary frames. Never 0.</summary>
    public required int Channel { get; init; }

    /// <summary>What was given, which may be less than what was asked for.</summary>
    public required AttachMode Mode { get; init; }

    /// <summary>True when the daemon now reads and writes the terminal itself.</summary>
    public bool Lent { get; init; }

    public required SessionRecord Session { get; init; }
}

/// <summary>Stop seeing. The last thing the channel gets is a Reset frame (or, lent, the same bytes on its terminal), then the reply.</summary>
public sealed record DetachRequest : ChannelRequest;

/// <summary>The client's terminal has another size now. Applied only if the channel is in control; remembered otherwise.</summary>
public sealed record ResizeRequest : ChannelRequest
{
    public int Columns { get; init; }

    public int Rows { get; init; }
}

/// <summary>The client's terminal has these colours. Programs are told them while the channel is in control; remembered otherwise.</summary>
public sealed record ColorsRequest : ChannelRequest
{
    /// <summary>As in <see cref="AttachRequest.Colors"/>; null or empty changes nothing.</summary>
    public int[]? Colors { get; init; }
}

/// <summary>Take control from whoever has it.</summary>
public sealed record TakeControlRequest : ChannelRequest
{
    /// <summary>Only if nobody has it; else a <see cref="ControlNotice"/> with cause `refused` says who does, and nothing changes.</summary>
    public bool IfFree { get; init; }
}

/// <summary>Observe from now on.</summary>
public sealed record ReleaseControlRequest : ChannelRequest;

/// <summary>Send the whole screen again.</summary>
public sealed record RedrawRequest : ChannelRequest
{
    /// <summary>Rows of scrollback to print above the screen in the snapshot.</summary>
    public int Scrollback { get; init; }
}

/// <summary>How often the channel wants what a session prints that prints much.</summary>
public sealed record PaceRequest : ChannelRequest
{
    /// <summary>
    /// 1–10000: a little output goes out at once; more of it once in so many milliseconds, and as a snapshot when it is much. 0: every byte, as soon as
    /// the client takes it. -1: nothing, until another `pace`.
    /// </summary>
    public int Milliseconds { get; init; }
}

/// <summary>The client's menu is closed: the daemon reads the lent terminal again.</summary>
public sealed record ResumeRequest : ChannelRequest
{
    /// <summary>Typed meanwhile and meant for the program: the chord itself, when it was pressed twice.</summary>
    public byte[]? Input { get; init; }

    /// <summary>Paint the screen again, because the menu painted over it.</summary>
    public bool Redraw { get; init; }
}

/// <summary>
/// The chord was typed on a lent terminal. The daemon has stopped reading and writing it until `resume` or `detach`.
/// </summary>
public sealed record ChordNotice : ChannelNotice
{
    /// <summary>Bytes that were typed right behind the chord.</summary>
    public byte[] Rest { get; set; } = [];
}

/// <summary>The lent terminal has answered what the daemon asked it when it was lent; no answer comes any more.</summary>
public sealed record ColorsAnsweredNotice : ChannelNotice
{
    /// <summary>As in <see cref="AttachRequest.Colors"/>; null when the terminal did not tell.</summary>
    public int[]? Colors { get; init; }
}

/// <summary>
/// The channel gained or lost control. A lent channel that loses it is detached (its terminal is the client's again).
/// </summary>
public sealed record ControlNotice : ChannelNotice
{
    public required AttachMode Mode { get; init; }

    /// <summary>
    /// `taken` (by <see cref="By"/>), `promoted` (the controller left), `granted` (asked for), `released` (given up), `refused` (<see cref="By"/> has it, and
    /// it was asked for only if it was free).
    /// </summary>
    public required string Cause { get; init; }

    public string? By { get; init; }
}

/// <summary>The session has another size, beginning at this offset of the stream.</summary>
public sealed record ResizedNotice : ChannelNotice
{
    public required int Columns { get; init; }

    public required int Rows { get; init; }

    public required long Offset { get; init; }

    /// <summary>Who resized it.</summary>
    public string? By { get; init; }
}

/// <summary>The session ended; the channel has had its last byte and is closed.</summary>
public sealed record ExitedNotice : ChannelNotice
{
    public required SessionRecord Session { get; init; }
}

/// <summary>
/// The person should hear on his desktop that something needs him. To a channel that said in its `attach` that it can show that: everything before it was
/// output without an unfinished sequence. To a connection that subscribed to alerts: with channel 0.
/// </summary>
public sealed record AlertNotice : ChannelNotice
{
    /// <summary>The queue's item.</summary>
    public required string Item { get; init; }

    /// <summary>`claude needs approval`.</summary>
    public required string Title { get; init; }

    /// <summary>Which session it is, and what it asks if the person wants that shown; untrusted text with controls removed.</summary>
    public string Text { get; set; } = "";
}

/// <summary>Something the person in front of this channel should know: the disk is full, somebody typed by `tether input`.</summary>
public sealed record TextNotice : ChannelNotice
{
    public required string Text { get; init; }
}
