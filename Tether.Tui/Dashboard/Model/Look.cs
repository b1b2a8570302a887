namespace Tether.Tui.Dashboard.Model;

/// <summary>When this person looked at a session, and how far it had come.</summary>
/// <param name="At">When.</param>
/// <param name="Offset">Bytes printed until then: the journal's end offset.</param>
/// <param name="Row">The absolute row where its output ended, as the emulator numbers them; null where it was not known.</param>
internal sealed record Look(DateTimeOffset At, long Offset, long? Row = null);
