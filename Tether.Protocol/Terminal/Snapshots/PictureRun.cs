namespace Tether.Protocol.Terminal.Snapshots;

/// <summary>Neighbouring cells that look the same.</summary>
/// <param name="Column">The first, from 0.</param>
/// <param name="Columns">How many.</param>
/// <param name="Text">What is in them.</param>
/// <param name="Look">The same for all.</param>
/// <param name="Link">Where they lead, if it is a place that a person may be sent to.</param>
/// <param name="IsFitted">One wide character or cluster: fonts differ on how wide those are.</param>
/// <param name="Cursor">Set for the cursor's cell, alone in its run.</param>
internal readonly record struct PictureRun(int Column, int Columns, string Text, PictureLook Look, string? Link, bool IsFitted, CursorShape? Cursor)
{
    public bool IsBlank => Text.AsSpan().IndexOfAnyExcept(' ') < 0;
}
