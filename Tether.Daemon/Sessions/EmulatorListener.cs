using Tether.Protocol.Terminal;

namespace Tether.Daemon.Sessions;

/// <summary>Carries what the emulator finds in the output to where it belongs. Called on the session's thread, in the middle of a feed.</summary>
internal sealed class EmulatorListener(HiddenSpans hidden) : ITerminalListener
{
    // A program that asks and never reads is answered no more: real ones read each answer before they ask on.
    private const int MostUnread = 64 * 1024;

    private int _unread;

    /// <summary>Where answers go; null until the session's pty can take them.</summary>
    public PtyInput? Input { get; set; }

    /// <summary>Where events go.</summary>
    public Action<TerminalEvent>? Raised { get; set; }

    public void Answer(ReadOnlySpan<byte> answer)
    {
        // A person's paste may wait as well, and does not count.
        _unread = Input?.Waiting == 0 ? 0 : _unread;
        if (Input is not null && _unread < MostUnread)
        {
            _unread += answer.Length;
            Input.Write(answer);
        }
    }

    public void Hide(long start, long end) => hidden.Add(start, end);

    public void Raise(TerminalEvent terminalEvent) => Raised?.Invoke(terminalEvent);
}
