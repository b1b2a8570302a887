namespace Tether.Tui.Commands;

/// <summary>What `tether attach` was given.</summary>
internal sealed record AttachArguments
{
    /// <summary>Null: the only one, or the person picks.</summary>
    public string? Session { get; init; }

    public bool Observes { get; init; }

    /// <summary>`--control`: control or nothing.</summary>
    public bool InsistsOnControl { get; init; }

    public bool Takes { get; init; }

    public bool Reconnects { get; init; } = true;
}
