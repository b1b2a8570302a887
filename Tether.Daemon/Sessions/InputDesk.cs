using Tether.Daemon.Agents;
using Tether.Daemon.Agents.Screens;
using Tether.Protocol.Model;
using Tether.Protocol.Wire;

namespace Tether.Daemon.Sessions;

/// <summary>
/// The way of input: keys of whoever is in control, texts that are sent, and the key that answers a prompt, all through one queue into the pty. Owned by the session's
/// thread.
/// </summary>
internal sealed class InputDesk
{
    private readonly Session _session;
    private readonly int _token;
    private readonly TextDelivery _text;
    private readonly SendQueue _sends;
    private PromptTyping? _prompts;
    private bool _isWatchingWrites;

    /// <param name="session">Whose thread, emulator, deadlines and epoll these are.</param>
    /// <param name="record">As the session begins.</param>
    /// <param name="agent">What runs in it; null when that is not known.</param>
    /// <param name="token">By which the session's epoll knows its pty.</param>
    /// <param name="changed">What the session's record tells of drafts and waiting texts has changed.</param>
    public InputDesk(Session session, SessionRecord record, AgentKind? agent, int token, Action changed)
    {
        (_session, _token) = (session, token);
        var emulator = session.Emulator;
        Keys = new PtyInput(session.Pty);
        var screen = new Composer(emulator, session.Pty, Composers.Find(agent?.Name));
        var composer = session.HasProgram ? ComposerKinds.Of(agent) : ComposerKind.Other;
        _text = new TextDelivery(Keys, emulator, session.Deadlines, composer == ComposerKind.Agent && screen.IsKnown ? screen.Glance : null);
        _sends = new SendQueue(Keys, _text, new DraftWatch(composer, record.HasDraft) { Columns = record.Columns }, screen, session.Deadlines)
        {
            Status = () => session.Status?.Status,
            Tell = text => session.Controller?.Tell(new TextNotice { Channel = session.Controller.Channel, Text = text }),
            Changed = changed,
            Released = ResumeReading,
        };
    }

    /// <summary>What goes into the pty, in its order.</summary>
    public PtyInput Keys { get; }

    /// <summary>So much waits that lent terminals are not read for now.</summary>
    public bool IsBacklogged => Keys.Waiting + _sends.Held > PtyInput.PauseAt;

    /// <inheritdoc cref="SessionRecord.HasDraft"/>
    public bool HasDraft => _sends.HasDraft;

    /// <inheritdoc cref="SessionRecord.WaitingSends"/>
    public int WaitingSends => _sends.Waiting;

    /// <summary>The agent's states are known from now on.</summary>
    /// <param name="status">Where.</param>
    /// <param name="drain">See <see cref="PromptTyping"/>.</param>
    public void Follow(StatusWatch status, Func<bool> drain)
    {
        _text.MayPressAgain = () => status is { Status.State: AgentState.Waiting or AgentState.Done or AgentState.Failed or AgentState.Unknown } && status.ReadPrompt() is null;
        _prompts = new PromptTyping(status.ReadPrompt, drain, Press, _session.Deadlines);
    }

    /// <summary>False when too much waits already; then nothing of it is taken.</summary>
    public bool Type(ReadOnlySpan<byte> keys, bool byHand)
    {
        var isTaken = _sends.Typed(keys, byHand);
        WatchWrites();
        return isTaken;
    }

    /// <summary>Types a text once nobody's draft is in its way; see <see cref="SendQueue"/>.</summary>
    public bool Send(Send send)
    {
        var isTaken = _sends.Add(send);
        WatchWrites();
        return isTaken;
    }

    /// <summary>See <see cref="PromptTyping.Answer"/>.</summary>
    public void AnswerPrompt(string fingerprint, Func<ScreenPrompt, PromptOption?> choose, Action<string> receipt)
    {
        if (_prompts is null)
        {
            receipt("prompt-gone");
            return;
        }

        _prompts.Answer(fingerprint, choose, receipt);
    }

    /// <summary>The pty takes more.</summary>
    public void Continue()
    {
        Keys.Continue();
        ResumeReading();
    }

    /// <summary>Has the session's epoll tell when the pty takes more, while something waits: it reports a pty as writable nearly always.</summary>
    public void WatchWrites()
    {
        var isWanted = Keys.Waiting > 0;
        if (!_session.IsPtyGone && isWanted != _isWatchingWrites)
        {
            _isWatchingWrites = isWanted;
            _session.Poller.Change(_session.Pty.Descriptor, _token, read: true, write: isWanted);
        }
    }

    /// <summary>Something was printed: echoes are looked for in it.</summary>
    public void Printed()
    {
        _text.Printed();
        _sends.Printed(_session.Emulator);
    }

    /// <summary>The session is over: what waits is told so, each although another one failed.</summary>
    public void Ended(Action<Action> attempt)
    {
        attempt(_sends.Ended);
        attempt(_text.Ended);
        attempt(() => _prompts?.Ended());
    }

    // An answer to a prompt is nobody's draft.
    private bool Press(byte[] keys)
    {
        var isTaken = !_sends.IsTyping && Keys.Write(keys);
        WatchWrites();
        return isTaken;
    }

    private void ResumeReading()
    {
        if (IsBacklogged)
        {
            return;
        }

        foreach (var viewer in _session.Viewers)
        {
            (viewer as LentTerminal)?.ContinueReading();
        }
    }
}
