namespace Tether.Protocol.Terminal;

/// <summary>
/// What an emulator tells its owner while it is fed. Every call comes on the thread that feeds, in the order of the bytes,
/// and must not feed, resize or snapshot the emulator again.
/// </summary>
public interface ITerminalListener
{
    /// <summary>One complete answer to one query; it goes to the pty as one write, in this order.</summary>
    void Answer(ReadOnlySpan<byte> answer);

    /// <summary>
    /// The bytes from <paramref name="start"/> up to <paramref name="end"/> (offsets as <see cref="TerminalEmulator.Position"/>
    /// counts them) were a query that has been answered here. No viewer's terminal may see them, or it would answer too.
    /// </summary>
    void Hide(long start, long end);

    /// <summary>Something the program said about itself: title, bell, notification, working directory, progress …</summary>
    void Raise(TerminalEvent terminalEvent);
}
