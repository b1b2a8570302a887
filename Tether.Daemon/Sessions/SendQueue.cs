using System.Buffers;
using Tether.Protocol.Model;
using Tether.Protocol.Terminal;
using Tether.Protocol.Wire;

namespace Tether.Daemon.Sessions;

/// <summary>
/// Texts that are to be typed into a session, one after the other, and never into the middle of what somebody is typing: each waits until there is no draft and no key
/// was pressed for a second. From its first byte until its Enter has been written, keys of others are held back, in order. Owned by the session's thread.
/// </summary>
internal sealed class SendQueue(PtyInput input, TextDelivery text, DraftWatch drafts, Composer composer, Deadlines deadlines)
{
    /// <summary>More are refused.</summary>
    public const int Most = 32;

    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(100);
    private const long Quiet = 1000;

    // What is held back must find room behind the answers to queries that come meanwhile.
    private const int AnswersReserve = 256 * 1024;

    private const string DraftStands = "somebody has typed something that is not sent yet";
    private const string KeysArrive = "somebody is typing";
    private const string QuestionStands = "the agent asks something that has to be answered first";

    private readonly List<(Send Send, long Until)> _waiting = [];
    private ArrayBufferWriter<byte> _held = new();
    private Send? _current;
    private Acceptance? _acceptance;
    private bool _isTyping;
    private bool _isLooking;
    private bool _isTold;
    private long _handAt = -Quiet;

    /// <summary>What is known of the session's agent; null where nothing is.</summary>
    public Func<AgentStatus?> Status { get; set; } = () => null;

    /// <summary>Tells whoever is in control.</summary>
    public Action<string> Tell { get; set; } = _ => { };

    /// <summary><see cref="HasDraft"/> or <see cref="Waiting"/> is another.</summary>
    public Action Changed { get; set; } = () => { };

    /// <summary>Keys that were held back are on their way.</summary>
    public Action Released { get; set; } = () => { };

    /// <summary>Texts that wait for their turn.</summary>
    public int Waiting => _waiting.Count;

    /// <summary>Bytes that wait behind the Enter of a text.</summary>
    public int Held => _held.WrittenCount;

    /// <summary>A text has been written and its Enter has not.</summary>
    public bool IsTyping => _isTyping;

    public bool HasDraft => drafts.HasDraft;

    /// <summary>Takes a text. False when too many wait, or it is too long; then nothing is reported.</summary>
    public bool Add(Send send)
    {
        if (_waiting.Count >= Most || send.Text.Length > PtyInput.Limit)
        {
            return false;
        }

        _waiting.Add((send, Deadlines.Now + (long)send.Patience.TotalMilliseconds));
        Go();
        if (!_waiting.Exists(entry => entry.Send == send))
        {
            return true;
        }

        if (send.Patience <= TimeSpan.Zero)
        {
            _waiting.RemoveAll(entry => entry.Send == send);
            Refuse(send);
            return true;
        }

        send.Report(new SendStep(SendReceipt.Queued, Obstacle(send) ?? "another text is being typed"));
        TellWaiting();
        LookLater();
        Changed();
        return true;
    }

    /// <summary>Keys for the program, in the order in which they were pressed.</summary>
    /// <param name="keys">As bytes.</param>
    /// <param name="byHand">Somebody sits at a keyboard, and may go on.</param>
    /// <returns>False when too much waits already; then nothing of it is taken.</returns>
    public bool Typed(ReadOnlySpan<byte> keys, bool byHand)
    {
        if (_isTyping)
        {
            if (keys.Length > PtyInput.Limit - AnswersReserve - input.Waiting - _held.WrittenCount)
            {
                return false;
            }

            _held.Write(keys);
            _handAt = byHand ? Deadlines.Now : _handAt;
            return true;
        }

        if (!input.Write(keys))
        {
            return false;
        }

        Follow(keys, byHand);
        return true;
    }

    /// <summary>The program printed.</summary>
    public void Printed(TerminalEmulator emulator)
    {
        drafts.Columns = emulator.Columns;
        drafts.Printed(emulator.IsAlternateScreen);
        composer.Printed();
    }

    /// <summary>The program has ended.</summary>
    public void Ended()
    {
        foreach (var (send, _) in _waiting)
        {
            send.Report(new SendStep(SendReceipt.Rejected, "the session has ended", IsLast: true, ErrorCode.NotRunning));
        }

        _waiting.Clear();
        _acceptance?.Ended();
    }

    private void Follow(ReadOnlySpan<byte> keys, bool byHand)
    {
        var had = drafts.HasDraft;
        var now = Deadlines.Now;
        drafts.Typed(keys, now);
        if (byHand && drafts.LastKeyAt == now)
        {
            _handAt = now;
        }

        if (drafts.HasDraft != had)
        {
            TellChangeLater();
        }
    }

    // Lists need not hear of it before the program has its key.
    private void TellChangeLater()
    {
        if (!_isTold)
        {
            _isTold = true;
            deadlines.After(Look, () =>
            {
                _isTold = false;
                Changed();
            });
        }
    }

    private void Go()
    {
        var count = _waiting.Count;
        _waiting.RemoveAll(entry => !entry.Send.IsWanted());
        while (_current is null && _waiting.Count > 0 && Obstacle(_waiting[0].Send) is null)
        {
            var send = _waiting[0].Send;
            _waiting.RemoveAt(0);
            Start(send);
        }

        GiveUpLate();
        if (_waiting.Count != count)
        {
            TellChangeLater();
        }
    }

    private void GiveUpLate()
    {
        var now = Deadlines.Now;
        for (var i = _waiting.Count - 1; i >= 0; i--)
        {
            if (_waiting[i] is var (send, until) && now >= until && send.Patience > TimeSpan.Zero)
            {
                _waiting.RemoveAt(i);
                Refuse(send);
            }
        }
    }

    private void Refuse(Send send)
    {
        var reason = Obstacle(send) ?? "other texts were before it";
        send.Report(new SendStep(SendReceipt.Rejected, $"{reason}; nothing was typed", IsLast: true, ErrorCode.DraftPending));
    }

    private string? Obstacle(Send send)
    {
        if (send.Append)
        {
            return null;
        }

        if (Deadlines.Now - _handAt < Quiet)
        {
            return drafts.HasDraft ? DraftStands : KeysArrive;
        }

        drafts.Seen(composer.Look(drafts.LastKeyAt));
        return drafts.HasDraft ? DraftStands
            : drafts.Kind == ComposerKind.Agent && Status()?.State is AgentState.NeedsApproval or AgentState.NeedsAnswer ? QuestionStands
            : null;
    }

    private void Start(Send send)
    {
        (_current, _isTyping) = (send, send.Enter);
        _acceptance = send.Follow && drafts.Kind == ComposerKind.Agent && Status() is { } status ? new Acceptance(status, Status, deadlines) : null;
        composer.Touched();
        if (!send.Enter && send.Text.Length > 0)
        {
            drafts.Doubt();
        }

        var isTaken = text.Type(send.Text, send.Enter, receipt => Received(send, receipt), Entered);
        if (!isTaken)
        {
            _current = null;
            Release();
            send.Report(new SendStep(SendReceipt.Rejected, "the program has not read what was typed before; nothing was typed", IsLast: true, ErrorCode.TooLarge));
            return;
        }

        if (send.Enter)
        {
            send.Report(new SendStep(SendReceipt.Typed));
        }
    }

    private void Entered()
    {
        drafts.Sent();
        Release();
    }

    private void Received(Send send, string receipt)
    {
        var isSubmitted = receipt == SendReceipt.Submitted;
        if (isSubmitted && _acceptance is { IsTellable: true } acceptance)
        {
            send.Report(new SendStep(receipt));
            acceptance.Await(send.Report);
        }
        else
        {
            send.Report(new SendStep(receipt, receipt == SendReceipt.Unconfirmed ? WhyUnconfirmed() : null, IsLast: true));
        }

        if (_current == send)
        {
            _current = null;
            Go();
        }
    }

    private string WhyUnconfirmed() =>
        composer.Glance() == ComposerLook.Text ? "the text still stands in the composer" : "the screen did not change after Enter";

    private void Release()
    {
        _isTyping = false;
        if (_held.WrittenCount > 0)
        {
            var held = _held;
            _held = new ArrayBufferWriter<byte>();
            input.Write(held.WrittenSpan);
            Follow(held.WrittenSpan, byHand: false);
        }

        Released();
    }

    private void LookLater()
    {
        if (!_isLooking && _waiting.Count > 0)
        {
            _isLooking = true;
            deadlines.After(Look, () =>
            {
                _isLooking = false;
                Go();
                LookLater();
            });
        }
    }

    private void TellWaiting()
    {
        if (drafts.HasDraft)
        {
            Tell(_waiting.Count == 1
                ? "1 message waits until you have sent or cleared what you typed"
                : $"{_waiting.Count} messages wait until you have sent or cleared what you typed");
        }
    }
}
