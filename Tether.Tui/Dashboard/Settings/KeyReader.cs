using Tether.Protocol.Terminal.Keys;

namespace Tether.Tui.Dashboard.Settings;

/// <summary>Turns keys into commands, over two keys where one begins a sequence. Belongs to the dashboard's loop.</summary>
internal sealed class KeyReader(KeyBindings bindings)
{
    private (DashboardMode Mode, KeyStroke First)? _pending;

    /// <summary>The key that waits for a second one, to be shown; null when none does.</summary>
    public KeyStroke? Pending => _pending?.First;

    /// <summary>A key was pressed. A release, and a modifier alone, mean nothing and end nothing.</summary>
    public KeyMatch Press(DashboardMode mode, KeyPress press)
    {
        if (press.Action == KeyAction.Release || press.Key is (>= Key.CapsLock and <= Key.NumLock) or >= Key.LeftShift)
        {
            return KeyMatch.None;
        }

        var first = _pending is { } pending && pending.Mode == mode ? pending.First : (KeyStroke?)null;
        _pending = null;

        var (match, stroke) = Find(mode, first, KeyStroke.Of(press));
        if (match == KeyMatch.None && press.BaseLayout != 0)
        {
            // On a keyboard with other letters the keys are where they are on a US one.
            (match, stroke) = Find(mode, first, KeyStroke.Of(OnUsKeyboard(press)));
        }

        _pending = match.IsPending ? (mode, stroke) : null;
        return match;
    }

    /// <summary>Forgets a key that waits for a second one.</summary>
    public void Reset() => _pending = null;

    private (KeyMatch Match, KeyStroke Stroke) Find(DashboardMode mode, KeyStroke? first, KeyStroke stroke) =>
        (first is { } pending ? bindings.Find(mode, pending, stroke) : bindings.Find(mode, stroke), stroke);

    private static KeyPress OnUsKeyboard(KeyPress press)
    {
        var isUpper = (press.Modifiers & KeyModifiers.Shift) != 0 && char.IsAsciiLetter((char)press.BaseLayout);
        return press with { CodePoint = isUpper ? char.ToUpperInvariant((char)press.BaseLayout) : press.BaseLayout, BaseLayout = 0 };
    }
}
