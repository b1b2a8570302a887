using Tether.Protocol.Terminal.Keys;

namespace Tether.Tui.Terminal.FullScreen;

/// <summary>
/// What the person does, from the terminal's bytes: a queue of events, filled by one read at a time and to be emptied before the next, so that it holds what
/// one read brings. Answers of the terminal go to their reader and never become keys. Belongs to the loop. Times are milliseconds of the loop's clock.
/// </summary>
internal sealed class OuterInput : IInputListener
{
    /// <summary>A lone Escape is a key when nothing follows for this long.</summary>
    public const int EscapePatience = 35;

    /// <summary>The same where Escape is not sent alone (kitty's protocol), or where answers are still to come from far away: it is rather a sequence in two parts.</summary>
    public const int AnswerPatience = 120;

    private const int ReadSize = 64 << 10;

    private readonly InputDecoder _decoder;
    private readonly IReplyReader _replies;
    private readonly Queue<InputEvent> _events = new();
    private readonly byte[] _buffer = new byte[ReadSize];
    private long _now;
    private long? _waitingPosition;
    private long _waitingSince;

    public OuterInput(IReplyReader replies)
    {
        _replies = replies;
        _decoder = new InputDecoder(this);
    }

    /// <summary>A lone ESC is more likely a part of something than the Escape key.</summary>
    public bool IsPatient { get; set; }

    /// <summary>Pieces of a paste are still to come.</summary>
    public bool IsInPaste => _decoder.IsInPaste;

    /// <summary>Reads what there is, at most 64 KiB. False when the terminal has hung up.</summary>
    public bool Read(TerminalDevice device, long now)
    {
        var count = device.Read(_buffer);
        Feed(_buffer.AsSpan(0, Math.Max(count, 0)), now);
        return count != 0;
    }

    public void Feed(ReadOnlySpan<byte> bytes, long now)
    {
        _now = now;
        _decoder.Feed(bytes);
        if (_decoder.WaitingSince != _waitingPosition)
        {
            (_waitingPosition, _waitingSince) = (_decoder.WaitingSince, now);
        }
    }

    /// <summary>The next event; never waits.</summary>
    public bool TryTake([System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out InputEvent? next) => _events.TryDequeue(out next);

    /// <summary>Milliseconds until <see cref="Tick"/> is due; -1 for nothing.</summary>
    public int NextTick(long now) => _waitingPosition is null ? -1 : (int)Math.Max(0, _waitingSince + Patience - now);

    /// <summary>What has waited long enough is a key. Only after everything that has arrived was read.</summary>
    public void Tick(long now)
    {
        if (NextTick(now) == 0)
        {
            _now = now;
            _waitingPosition = null;
            _decoder.Flush();
        }
    }

    /// <summary>Forgets what has not been taken or is unfinished: the terminal was somebody else's meanwhile.</summary>
    public void Forget()
    {
        _decoder.Reset();
        _events.Clear();
        _waitingPosition = null;
    }

    void IInputListener.Key(in KeyPress press) => _events.Enqueue(new InputEvent.Pressed(press));

    void IInputListener.Mouse(in MouseEvent mouse) => _events.Enqueue(new InputEvent.Pointed(mouse));

    void IInputListener.Paste(ReadOnlySpan<byte> piece, bool isLast) => _events.Enqueue(new InputEvent.Pasted(piece.ToArray(), isLast));

    void IInputListener.Focus(bool hasFocus) => _events.Enqueue(new InputEvent.Focused(hasFocus));

    void IInputListener.Reply(in TerminalReply reply)
    {
        if (_replies.Take(reply, _now) is { } told)
        {
            _events.Enqueue(told);
        }
    }

    private int Patience => IsPatient ? AnswerPatience : EscapePatience;
}
