using System.Text;
using Tether.Protocol.Terminal.Keys;

namespace Tether.Daemon.Sessions;

/// <summary>
/// Knows whether somebody has typed what is not sent yet, from the bytes that reached the program. May say that there is a draft where there is none,
/// never the other way: <see cref="Seen"/> takes the screen's word where keys leave a doubt. Pure: times are the caller's. One owner.
/// </summary>
/// <remarks>
/// <list type="bullet">
/// <item>Enter sends, also the keypad's, Control-M, CSI 13 u and win32's. It does not with Shift, Alt or Control (a new line), behind a backslash, and for
/// agents: the first time in a text with @ in it or / before it (a menu may take the Enter), and right behind a burst of keys (read as a paste). LF is a new line for agents and sends elsewhere.</item>
/// <item>Control-C clears. Control-U does while the text stands on one row and the cursor behind it; Backspace and Control-W clear key by key while
/// everything was typed at the end. Escape clears nothing by itself: agents differ.</item>
/// <item>What may bring text (Tab, arrows up and down, other control keys, Alt with a letter, an empty paste) is a draft.</item>
/// <item>Mouse, focus, the terminal's replies, keys going up and modifiers are nothing.</item>
/// </list>
/// </remarks>
internal sealed class DraftWatch : IInputListener
{
    // Behind so long a pause every program has taken ESC for the key.
    private const long LoneEscape = 1000;

    // codex 0.169 takes three characters, each within 8 ms of the one before, for a paste and an Enter within 120 ms of them for its new line;
    // keys reach a program that is busy closer together than they were typed.
    private const int BurstLength = 3;
    private const long BurstPause = 30;
    private const long BurstEnter = 150;

    // More is shown by agents as a placeholder, whose length is not the text's.
    private const int LongestKnownPaste = 32;

    private const KeyModifiers Prefix = KeyModifiers.Alt | KeyModifiers.Meta;
    private const KeyModifiers Commands = Prefix | KeyModifiers.Control | KeyModifiers.Super | KeyModifiers.Hyper;

    private readonly InputDecoder _decoder;
    private readonly DraftText _text = new();
    private readonly ComposerKind _kind;
    private long _now;
    private long _fedAt;
    private long _textAt;
    private int _run;
    private Backslash _backslash;
    private bool _mayHaveMenu;
    private bool _isPasteContinued;
    private bool _isAlternate;
    private bool _hadDraftBefore;
    private int _keysAhead;

    // Where the cursor may stand behind one.
    private enum Backslash : byte
    {
        None,
        AtEnd,
        Before,
        Anywhere,
    }

    /// <param name="kind">What the keys are typed into.</param>
    /// <param name="mayHaveDraft">True when there was a draft before this began to watch.</param>
    public DraftWatch(ComposerKind kind, bool mayHaveDraft = false)
    {
        _kind = kind;
        _decoder = new InputDecoder(this);
        if (mayHaveDraft)
        {
            _text.Doubt();
        }
    }

    public ComposerKind Kind => _kind;

    /// <summary>Something typed may not be sent yet.</summary>
    public bool HasDraft => !_text.IsEmpty || (_decoder.IsUnfinished && _decoder.WaitingSince is null);

    /// <summary>When a key was last pressed or something pasted, in the caller's milliseconds; null before the first.</summary>
    public long? LastKeyAt { get; private set; }

    /// <summary>Width of the screen, in cells.</summary>
    public int Columns { get; set; } = 80;

    /// <summary>Bytes that somebody typed and that are on their way to the program, in any split.</summary>
    /// <param name="bytes">As they are written.</param>
    /// <param name="now">In milliseconds.</param>
    public void Typed(ReadOnlySpan<byte> bytes, long now)
    {
        if (bytes.IsEmpty)
        {
            return;
        }

        if (_decoder.WaitingSince is not null)
        {
            EndEscape(bytes, now - _fedAt);
        }

        (_now, _fedAt) = (now, now);
        _decoder.Feed(bytes);
    }

    /// <summary>
    /// The program has printed. On a command line's alternate screen keys are another program's, and what it has not sent is forgotten when
    /// that screen is left: unless keys came behind the last output, of which only the one that left it was surely taken.
    /// </summary>
    public void Printed(bool isAlternate)
    {
        if (_kind == ComposerKind.CommandLine && isAlternate != _isAlternate)
        {
            ChangeScreen(isAlternate);
        }

        _keysAhead = 0;
    }

    /// <summary>
    /// The screen shows the composer. Only to be told when the program has read all that was typed and has drawn since: the screen of a
    /// program that lags shows what was.
    /// </summary>
    public void Seen(ComposerLook look)
    {
        if (look == ComposerLook.Empty)
        {
            Clear();
        }
        else if (look == ComposerLook.Text)
        {
            _text.Doubt();
        }
    }

    /// <summary>Enter was pressed for a text that somebody else sent: whatever stood before it went with it.</summary>
    public void Sent() => Clear();

    /// <summary>There may be a draft: from a time that nobody has watched.</summary>
    public void Doubt() => _text.Doubt();

    void IInputListener.Key(in KeyPress press)
    {
        var isModifier = press.Key is >= Key.LeftShift or (>= Key.CapsLock and <= Key.NumLock);
        if (press.Action == KeyAction.Release || isModifier)
        {
            return;
        }

        NoteKey();
        Press(press, press.Modifiers & ~KeyModifiers.Locks);
    }

    void IInputListener.Mouse(in MouseEvent mouse)
    {
    }

    void IInputListener.Focus(bool hasFocus)
    {
    }

    void IInputListener.Paste(ReadOnlySpan<byte> piece, bool isLast)
    {
        NoteKey();
        _backslash = piece.Contains((byte)'\\') ? Backslash.AtEnd : Edited(_backslash);
        _mayHaveMenu |= piece.Contains((byte)'@') || (_text.IsEmpty && piece is [(byte)'/', ..]);
        if (_isPasteContinued || !isLast || piece.IsEmpty || piece.Length > LongestKnownPaste || piece.ContainsAny("\r\n\t/\\"u8))
        {
            _text.Doubt();
        }
        else
        {
            TypeAll(Encoding.UTF8.GetString(piece));
        }

        _isPasteContinued = !isLast;
    }

    void IInputListener.Reply(in TerminalReply reply)
    {
        if (reply.Kind != ReplyKind.Unknown)
        {
            return;
        }

        if (Win32Key.TryRead(reply, out var press))
        {
            ((IInputListener)this).Key(press);
        }
        else
        {
            _text.Doubt();
        }
    }

    private void Press(in KeyPress press, KeyModifiers held)
    {
        if (press.Key is not (Key.Enter or Key.KeypadEnter) && (press.Key != Key.Character || (held & Commands) != 0))
        {
            _backslash = Edited(_backslash);
        }

        switch (press.Key)
        {
            case Key.Character when (held & Commands) == 0:
                Type(press);
                break;
            case Key.Character:
                Command(press.CodePoint | (press.CodePoint is >= 'A' and <= 'Z' ? 0x20 : 0), held);
                break;
            case >= Key.Keypad0 and <= Key.KeypadSubtract or Key.KeypadAdd or Key.KeypadEqual or Key.KeypadSeparator when (held & Commands) == 0:
                _text.Type(new Rune('0'));
                break;
            case Key.Enter or Key.KeypadEnter when held == 0:
                Enter();
                break;
            case Key.Enter or Key.KeypadEnter:
                _text.NewLine();
                break;
            case Key.Backspace when (held & Commands) != 0:
                _text.DeleteWord();
                break;
            case Key.Backspace:
                _text.DeleteCharacter();
                break;
            case Key.Up or Key.Down or Key.KeypadUp or Key.KeypadDown:
                _text.Doubt();
                break;
            case Key.Tab when (held & KeyModifiers.Shift) == 0:
                _text.Doubt();
                break;
            case Key.Right or Key.End or Key.KeypadRight or Key.KeypadEnd:
                MoveRight();
                break;
            default:
                _text.Move();
                break;
        }
    }

    private void Command(int character, KeyModifiers held)
    {
        switch (character)
        {
            case 'c' when held == KeyModifiers.Control:
                Clear();
                break;
            case 'u' when held == KeyModifiers.Control:
                _text.DeleteLine(Columns);
                break;
            case 'w' when held == KeyModifiers.Control:
                _text.DeleteWord();
                break;
            case 'h' when held == KeyModifiers.Control:
                _text.DeleteCharacter();
                break;
            case 'j' when held == KeyModifiers.Control && _kind != ComposerKind.Agent:
                Enter();
                break;
            case 'j' when held == KeyModifiers.Control:
                _text.NewLine();
                break;
            case 'e' or 'f' when held == KeyModifiers.Control:
                MoveRight();
                break;
            case 'a' or 'b' or 'd' or 'k' or 'l' when held == KeyModifiers.Control:
            case 'b' or 'd' or 'f' when (held & ~Prefix) == 0:
                _text.Move();
                break;
            default:
                _text.Doubt();
                break;
        }
    }

    // Behind the end of the text an agent takes it for consent to what it suggests.
    private void MoveRight()
    {
        if (_kind == ComposerKind.Agent)
        {
            _text.Doubt();
        }
        else
        {
            _text.Move();
        }
    }

    private void Type(in KeyPress press)
    {
        _mayHaveMenu |= press.CodePoint == '@' || (press.CodePoint == '/' && _text.IsEmpty);
        _backslash = press.CodePoint == '\\' ? Backslash.AtEnd : _backslash == Backslash.AtEnd ? Backslash.Before : _backslash;
        _run = _now - _textAt <= BurstPause ? _run + 1 : 1;
        _textAt = _now;
        if (press.Text is { } text)
        {
            TypeAll(text);
        }
        else
        {
            _text.Type(Rune.IsValid(press.CodePoint) ? new Rune(press.CodePoint) : Rune.ReplacementChar);
        }
    }

    private void TypeAll(string text)
    {
        foreach (var rune in text.EnumerateRunes())
        {
            _text.Type(rune);
        }
    }

    private void Enter()
    {
        var isBurst = _run >= BurstLength && _now - _textAt <= BurstEnter;
        if (_backslash is Backslash.AtEnd or Backslash.Anywhere || (_kind == ComposerKind.Agent && (isBurst || _mayHaveMenu)))
        {
            (_mayHaveMenu, _backslash) = (false, _backslash == Backslash.None ? Backslash.None : Backslash.Before);
            _text.Doubt();
        }
        else
        {
            Clear();
        }

        _run = 0;
    }

    private void Clear()
    {
        _text.Clear();
        (_mayHaveMenu, _backslash) = (false, Backslash.None);
    }

    private static Backslash Edited(Backslash backslash) => backslash == Backslash.None ? Backslash.None : Backslash.Anywhere;

    // ESC and what comes behind a pause are two keys to one program and one key to another.
    private void EndEscape(ReadOnlySpan<byte> next, long pause)
    {
        if (pause >= LoneEscape)
        {
            _decoder.Flush();
        }
        else if (next is not [0x1b])
        {
            _text.Doubt();
        }
    }

    private void NoteKey()
    {
        LastKeyAt = _now;
        _keysAhead++;
    }

    private void ChangeScreen(bool isAlternate)
    {
        _isAlternate = isAlternate;
        if (isAlternate)
        {
            _hadDraftBefore = HasDraft;
            Clear();
        }
        else
        {
            var isTypedAhead = _keysAhead > 1;
            Clear();
            if (_hadDraftBefore || isTypedAhead)
            {
                _text.Doubt();
            }
        }
    }
}
