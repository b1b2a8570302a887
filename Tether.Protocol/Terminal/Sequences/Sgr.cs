using System.Runtime.CompilerServices;
using Tether.Protocol.Terminal.Parsing;

namespace Tether.Protocol.Terminal.Sequences;

/// <summary>SGR (CSI … m): parameters to style. <see cref="SgrText"/> is the way back.</summary>
internal ref struct Sgr
{
    private TerminalColor _foreground;
    private TerminalColor _background;
    private TerminalColor _underlineColor;
    private StyleFlags _flags;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static Style Apply(in Style style, in Sequence sequence)
    {
        if (sequence.Count <= 1 && sequence[0] == 0 && sequence.Colons == 0)
        {
            return default;
        }

        var pen = new Sgr
        {
            _foreground = style.Foreground,
            _background = style.Background,
            _underlineColor = style.UnderlineColor,
            _flags = style.Flags,
        };
        pen.ApplyAll(in sequence);
        return new Style(pen._foreground, pen._background, pen._underlineColor, pen._flags);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void ApplyAll(in Sequence sequence)
    {
        for (int i = 0; i < sequence.Count;)
        {
            int code = sequence[i];
            int next = i + 1;
            while (sequence.IsSub(next))
            {
                next++;
            }

            if (code is 38 or 48 or 58)
            {
                i = ExtendedColor(in sequence, code, i, next);
                continue;
            }

            if (next == i + 1)
            {
                Apply(code);
            }
            else if (code == 4)
            {
                int kind = sequence.IsMissing(i + 1) ? 1 : sequence[i + 1];
                Underline(kind <= (int)UnderlineKind.Dashed ? (UnderlineKind)kind : UnderlineKind.Straight);
            }

            i = next;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Apply(int code)
    {
        switch (code)
        {
            case 0:
                this = default;
                break;
            case >= 30 and <= 37:
                _foreground = TerminalColor.Palette(code - 30);
                break;
            case 39:
                _foreground = default;
                break;
            case >= 40 and <= 47:
                _background = TerminalColor.Palette(code - 40);
                break;
            case 49:
                _background = default;
                break;
            case >= 90 and <= 97:
                _foreground = TerminalColor.Palette(code - 90 + 8);
                break;
            case >= 100 and <= 107:
                _background = TerminalColor.Palette(code - 100 + 8);
                break;
            case 59:
                _underlineColor = default;
                break;
            case < 30:
                ApplyAttribute(code);
                break;
            case 53:
                _flags |= StyleFlags.Overline;
                break;
            case 55:
                _flags &= ~StyleFlags.Overline;
                break;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void ApplyAttribute(int code)
    {
        switch (code)
        {
            case 1:
                _flags |= StyleFlags.Bold;
                break;
            case 2:
                _flags |= StyleFlags.Faint;
                break;
            case 3:
                _flags |= StyleFlags.Italic;
                break;
            case 4:
                Underline(UnderlineKind.Straight);
                break;
            case 5:
                _flags |= StyleFlags.Blink;
                break;
            case 6:
                _flags |= StyleFlags.RapidBlink;
                break;
            case 7:
                _flags |= StyleFlags.Inverse;
                break;
            case 8:
                _flags |= StyleFlags.Hidden;
                break;
            case 9:
                _flags |= StyleFlags.Strike;
                break;
            case 21:
                Underline(UnderlineKind.Doubled);
                break;
            case 22:
                _flags &= ~(StyleFlags.Bold | StyleFlags.Faint);
                break;
            case 23:
                _flags &= ~StyleFlags.Italic;
                break;
            case 24:
                Underline(UnderlineKind.None);
                break;
            case 25:
                _flags &= ~(StyleFlags.Blink | StyleFlags.RapidBlink);
                break;
            case 27:
                _flags &= ~StyleFlags.Inverse;
                break;
            case 28:
                _flags &= ~StyleFlags.Hidden;
                break;
            case 29:
                _flags &= ~StyleFlags.Strike;
                break;
        }
    }

    private void Underline(UnderlineKind kind) => _flags = (_flags & ~StyleFlags.UnderlineMask) | (StyleFlags)kind;

    /// <summary>38, 48, 58, in the forms <c>38:5:n</c>, <c>38:2:[space]:r:g:b</c>, <c>38;5;n</c> and <c>38;2;r;g;b</c>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private int ExtendedColor(in Sequence sequence, int code, int i, int next)
    {
        bool subs = next > i + 1;
        int end = subs ? next : sequence.Count;
        int kind = sequence[i + 1];
        int used = kind switch { 5 => 3, 2 => 5, _ => 2 };

        // With sub-parameters a colour space may stand before the components.
        int at = kind == 2 && subs && next - i >= 6 ? i + 3 : i + 2;
        if (kind == 5 && at < end && sequence[at] <= 255)
        {
            SetColor(code, TerminalColor.Palette(sequence[at]));
        }
        else if (kind == 2 && at + 2 < end && (sequence[at] | sequence[at + 1] | sequence[at + 2]) <= 255)
        {
            SetColor(code, TerminalColor.FromRgb((sequence[at] << 16) | (sequence[at + 1] << 8) | sequence[at + 2]));
        }

        return subs ? next : Math.Min(i + used, sequence.Count);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void SetColor(int code, TerminalColor color)
    {
        switch (code)
        {
            case 38:
                _foreground = color;
                break;
            case 48:
                _background = color;
                break;
            default:
                _underlineColor = color;
                break;
        }
    }
}
