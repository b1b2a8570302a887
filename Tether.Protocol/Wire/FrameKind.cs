namespace Tether.Protocol.Wire;

/// <summary>What a binary frame holds.</summary>
public enum FrameKind : byte
{
    /// <summary>Client to daemon: bytes for the program, as typed.</summary>
    Input = 1,

    /// <summary>Daemon to client: what the program printed from <see cref="FrameHeader.Offset"/> up to <see cref="FrameHeader.End"/>, less the queries that the daemon answered.</summary>
    Output = 2,

    /// <summary>Daemon to client: bytes that paint the screen as it is at <see cref="FrameHeader.Offset"/>. The first piece begins a repaint; what came before is void.</summary>
    Snapshot = 3,

    /// <summary>Daemon to client: further bytes of the same snapshot.</summary>
    SnapshotContinued = 4,

    /// <summary>Daemon to client: bytes that put the client's terminal back as it was before the session was shown.</summary>
    Reset = 5,

    /// <summary>Daemon to client: whole journal records (see <see cref="JournalRecord"/>) from <see cref="FrameHeader.Offset"/> on; <see cref="FrameHeader.Channel"/> is the id of the request.</summary>
    History = 6,
}
