namespace Tether.Protocol.Terminal.Screens;

/// <summary>The way out: answers, hidden spans and events, quiet while a journal is replayed.</summary>
internal sealed class ScreenOutput(ITerminalListener? listener)
{
    public bool Suppress { get; set; }

    /// <summary>False where building an event would be wasted.</summary>
    public bool Listens => listener is not null && !Suppress;

    public void Answer(ReadOnlySpan<byte> answer)
    {
        if (!Suppress)
        {
            listener?.Answer(answer);
        }
    }

    public void Hide(long start, long end) => listener?.Hide(start, end);

    public void Raise(TerminalEvent terminalEvent)
    {
        if (!Suppress)
        {
            listener?.Raise(terminalEvent);
        }
    }
}
