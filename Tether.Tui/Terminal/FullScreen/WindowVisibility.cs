using Tether.Protocol.Terminal.Keys;

namespace Tether.Tui.Terminal.FullScreen;

/// <summary>
/// Whether anybody can see the terminal's window, as far as it tells: it is asked (XTWINOPS 11, `CSI 11 t`) when it has lost the focus, once more a moment
/// later, because windows shrink slowly, and then only while it says that it is iconified. Times are milliseconds of the loop's clock.
/// </summary>
internal sealed class WindowVisibility
{
    private const int AgainMilliseconds = 1000;
    private const int Open = 1;
    private const int Iconified = 2;

    private long _askAt;
    private int _questions;

    public static ReadOnlySpan<byte> Question => "\e[11t"u8;

    /// <summary>The window has the focus, or the terminal does not say.</summary>
    public bool HasFocus { get; private set; } = true;

    /// <summary>The terminal has said whether it has the focus.</summary>
    public bool IsFocusKnown { get; private set; }

    /// <summary>Nobody sees what is drawn.</summary>
    public bool IsHidden { get; private set; }

    /// <summary>The window gained or lost the focus.</summary>
    /// <param name="hasFocus">Which of both.</param>
    /// <param name="isAsked">False for terminals that have no window of their own.</param>
    /// <param name="now">The time.</param>
    public void Focus(bool hasFocus, bool isAsked, long now)
    {
        (HasFocus, IsFocusKnown) = (hasFocus, true);
        IsHidden &= !hasFocus;
        (_questions, _askAt) = hasFocus || !isAsked ? (0, 0) : (2, now);
    }

    /// <summary>The terminal is somebody else's for a while, or comes back.</summary>
    public void Forget() => (HasFocus, IsFocusKnown, IsHidden, _questions) = (true, false, false, 0);

    /// <summary>An answer; others are left alone.</summary>
    public void Take(in TerminalReply reply)
    {
        if (reply.Kind == ReplyKind.Window && reply.Number(0) is Open or Iconified && !HasFocus)
        {
            IsHidden = reply.Number(0) == Iconified;
            _questions = IsHidden ? Math.Max(_questions, 1) : _questions;
        }
    }

    /// <summary>Milliseconds until <see cref="TakeQuestion"/> is due; -1 for nothing.</summary>
    public int NextTick(long now) => _questions > 0 ? (int)Math.Clamp(_askAt - now, 0, AgainMilliseconds) : -1;

    /// <summary>True when the question is to be sent now.</summary>
    public bool TakeQuestion(long now)
    {
        if (NextTick(now) != 0)
        {
            return false;
        }

        (_questions, _askAt) = (_questions - 1, now + AgainMilliseconds);
        return true;
    }
}
