namespace Tether.Protocol.Model;

/// <summary>One client attached to one session, as `tether clients` lists it.</summary>
public sealed record ViewerRecord
{
    /// <summary>Unique within the daemon's life.</summary>
    public required int Viewer { get; init; }

    /// <summary>Who: user, terminal and pid as the client said them at hello; untrusted text.</summary>
    public required string Client { get; init; }

    /// <summary>`control` or `observe`.</summary>
    public required AttachMode Mode { get; init; }

    /// <summary>True for an observer that takes over when the controller leaves.</summary>
    public bool WaitsForControl { get; init; }

    public int Columns { get; init; }

    public int Rows { get; init; }

    /// <summary>How it sees the session: `terminal` (the daemon writes to its tty) or `stream` (frames).</summary>
    public required string Sink { get; init; }

    public DateTimeOffset AttachedAt { get; init; }
}
