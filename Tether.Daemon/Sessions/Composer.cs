using Tether.Protocol.Terminal;

namespace Tether.Daemon.Sessions;

/// <summary>
/// Looks at the composer on the screen, and only when the screen can be believed: the program has read every key, has drawn since the last one, and nothing
/// is being drawn. Owned by the session's thread.
/// </summary>
/// <param name="emulator">The screen.</param>
/// <param name="pty">The program's terminal.</param>
/// <param name="read">What the screen shows; null where no rule is known.</param>
internal sealed class Composer(TerminalEmulator emulator, Pty pty, Func<TerminalEmulator, ComposerLook>? read)
{
    // Longer than a blink of a program's own drawing, shorter than what somebody waits for.
    private const long Settled = 150;
    private const long Slowest = 1000;

    private long _printedAt;
    private long _touchedAt;

    /// <summary>The program printed.</summary>
    public void Printed() => _printedAt = Deadlines.Now;

    /// <summary>A text is typed.</summary>
    public void Touched() => _touchedAt = Deadlines.Now;

    /// <summary>True where a rule tells what the screen shows.</summary>
    public bool IsKnown => read is not null;

    /// <summary>What the screen shows now, which may be from before the last key.</summary>
    public ComposerLook Glance() => read is null || emulator.Modes.SynchronizedOutput ? ComposerLook.Unknown : read(emulator);

    /// <summary>What can be believed now; Unknown for everything else.</summary>
    /// <param name="keyAt">When the last key was typed; null when none was.</param>
    public ComposerLook Look(long? keyAt)
    {
        var now = Deadlines.Now;
        var typedAt = Math.Max(keyAt ?? 0, _touchedAt);
        var isDrawn = _printedAt >= typedAt && now - typedAt >= Slowest && now - _printedAt >= Settled;
        return read is not null && isDrawn && !emulator.Modes.SynchronizedOutput && pty.IsReadByKey ? read(emulator) : ComposerLook.Unknown;
    }
}
