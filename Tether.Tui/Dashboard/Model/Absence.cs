namespace Tether.Tui.Dashboard.Model;

/// <summary>What is known of a session's doings since a person last looked.</summary>
/// <param name="Look">When that was and how far it had come.</param>
/// <param name="Item">The session now.</param>
internal sealed record Absence(Look Look, SessionItem Item)
{
    /// <summary>The absolute row where its output ends now; null where it is not known.</summary>
    public long? Row { get; init; }

    /// <summary>Commands that ended since.</summary>
    public CommandTally Commands { get; init; }

    /// <summary>Files that changed since, as git counts them; null where it is not known.</summary>
    public int? FilesChanged { get; init; }

    /// <summary>Bytes it has printed in all.</summary>
    public required long Offset { get; init; }

    public long BytesPrinted => Math.Max(0, Offset - Look.Offset);

    /// <summary>0 where it is not known, and for a program that draws on one screen without scrolling.</summary>
    public long LinesPrinted => Row is { } end && Look.Row is { } start ? Math.Max(0, end - start) : 0;
}
