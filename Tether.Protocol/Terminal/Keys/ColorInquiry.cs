using System.Buffers.Text;

namespace Tether.Protocol.Terminal.Keys;

/// <summary>
/// Asks a person's terminal for its colours (OSC 10, 11, 12, and OSC 4 for the 16 named ones) and takes the answers out of what is typed. Behind the questions
/// stands DA1, which every terminal answers, and last. The terminal's own report that its colour scheme has changed (CSI ? 997 n) is taken out too:
/// it is a reason to ask again. Whoever reads the terminal owns this.
/// </summary>
public sealed class ColorInquiry
{
    /// <summary>Foreground, background, cursor.</summary>
    public const int DynamicCount = 3;

    /// <summary>The palette's entries that are asked for.</summary>
    public const int NamedCount = 16;

    /// <summary>How long what may be an answer is held before it counts as keys: longer than the two halves of an answer are apart, shorter than a person notices.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(50);

    private const byte Escape = 0x1b;
    private const byte Bell = 7;

    // `OSC 4 ; 15 ; rgba:ffff/ffff/ffff/ffff ST` has 34 bytes; DA1's answer may have many parameters.
    private const int LongestAnswer = 80;

    private const int NoAnswer = -1;
    private const int Unfinished = 0;
    private const int None = -1;

    // Each colour with this bit; 0: not told. Plain loops over it below: a client's start has no time for the library's generics on int to be compiled.
    private const int Told = 1 << 24;

    private readonly int[] _told = new int[DynamicCount + NamedCount];
    private byte[] _bytes = new byte[512];
    private int _held;
    private int _passed;
    private int _open;

    /// <param name="mustAsk">False where the colours are known already.</param>
    public ColorInquiry(bool mustAsk) => MustAsk = mustAsk;

    /// <summary>To be written to the terminal, after <see cref="Begin"/>, where no other sequence is unfinished.</summary>
    public static ReadOnlySpan<byte> Questions =>
        ("\e]10;?\e\\\e]11;?\e\\\e]12;?\e\\"u8
        + "\e]4;0;?\e\\\e]4;1;?\e\\\e]4;2;?\e\\\e]4;3;?\e\\\e]4;4;?\e\\\e]4;5;?\e\\\e]4;6;?\e\\\e]4;7;?\e\\"u8
        + "\e]4;8;?\e\\\e]4;9;?\e\\\e]4;10;?\e\\\e]4;11;?\e\\\e]4;12;?\e\\\e]4;13;?\e\\\e]4;14;?\e\\\e]4;15;?\e\\"u8
        + "\e[c"u8);

    /// <summary>The questions are due.</summary>
    public bool MustAsk { get; private set; }

    /// <summary>Answers may still come.</summary>
    public bool IsOpen => _open > 0;

    /// <summary>What came last may be the beginning of an answer, or keys: see <see cref="LetGo"/>.</summary>
    public bool IsHolding => _held > _passed;

    /// <summary>
    /// Foreground, background, cursor, each 0xRRGGBB, and behind them the 16 named ones if all were told. Null when foreground or background was not told.
    /// </summary>
    public int[]? Colors
    {
        get
        {
            if (_told[0] == 0 || _told[1] == 0)
            {
                return null;
            }

            var colors = new int[IsNamedTold ? DynamicCount + NamedCount : DynamicCount];
            for (var i = 0; i < colors.Length; i++)
            {
                colors[i] = (_told[i] == 0 ? _told[0] : _told[i]) & ~Told;
            }

            return colors;
        }
    }

    private bool IsNamedTold
    {
        get
        {
            var entry = DynamicCount;
            while (entry < _told.Length && _told[entry] != 0)
            {
                entry++;
            }

            return entry == _told.Length;
        }
    }

    /// <summary>The questions are on their way.</summary>
    public void Begin()
    {
        MustAsk = false;
        _open++;
    }

    /// <summary>Somebody else has read the last answer.</summary>
    public void Close() => _open = 0;

    /// <summary>What was typed among the bytes that the terminal sent. Valid until the next call.</summary>
    public ReadOnlySpan<byte> Take(ReadOnlySpan<byte> received)
    {
        if (!IsOpen && _held == 0 && received.IndexOf("\e[?997;"u8) < 0)
        {
            return received;
        }

        var length = _held + received.Length;
        Array.Resize(ref _bytes, Math.Max(_bytes.Length, length));
        received.CopyTo(_bytes.AsSpan(_held));
        var (from, typed) = (0, 0);
        while (from < length)
        {
            var answer = Match(_bytes.AsSpan(from, length - from));
            if (answer == Unfinished)
            {
                break;
            }

            if (answer > 0)
            {
                from += answer;
                _passed = 0;
            }
            else if (_passed > 0)
            {
                from++;
                _passed--;
            }
            else
            {
                _bytes[typed++] = _bytes[from++];
            }
        }

        return Divide(typed, from, length);
    }

    /// <summary>
    /// What has been held for so long that it must be keys: a terminal sends an answer in one piece. Should the rest of an answer follow nevertheless, it is
    /// taken out all the same. Valid until the next call.
    /// </summary>
    public ReadOnlySpan<byte> LetGo()
    {
        var keys = _bytes.AsSpan(_passed, _held - _passed);
        _passed = _held;
        if (!IsOpen)
        {
            (_held, _passed) = (0, 0);
        }

        return keys;
    }

    // The held bytes stand at the front between calls; the typed ones go behind them.
    private ReadOnlySpan<byte> Divide(int typed, int from, int length)
    {
        _held = length - from;
        if (_held == 0)
        {
            return _bytes.AsSpan(0, typed);
        }

        Span<byte> held = stackalloc byte[LongestAnswer];
        _bytes.AsSpan(from, _held).CopyTo(held);
        _bytes.AsSpan(0, typed).CopyTo(_bytes.AsSpan(_held));
        held[.._held].CopyTo(_bytes);
        return _bytes.AsSpan(_held, typed);
    }

    private int Match(ReadOnlySpan<byte> bytes)
    {
        if (bytes[0] != Escape)
        {
            return NoAnswer;
        }

        var length = bytes.Length == 1 ? Unfinished : bytes[1] switch
        {
            (byte)'[' => MatchReport(bytes),
            (byte)']' => MatchColor(bytes),
            _ => NoAnswer,
        };
        return length == Unfinished && (!IsOpen || bytes.Length >= LongestAnswer) ? NoAnswer : length;
    }

    // CSI ? … c, and CSI ? 997 ; n n
    private int MatchReport(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > 2 && bytes[2] != '?')
        {
            return NoAnswer;
        }

        var end = Math.Min(3, bytes.Length);
        while (end < bytes.Length && bytes[end] is (>= (byte)'0' and <= (byte)'9') or (byte)';')
        {
            end++;
        }

        if (end == bytes.Length)
        {
            return Unfinished;
        }

        if (bytes[end] == (byte)'n' && bytes[3..end].StartsWith("997;"u8))
        {
            MustAsk = true;
            return end + 1;
        }

        if (!IsOpen || bytes[end] != (byte)'c' || end == 3)
        {
            return NoAnswer;
        }

        _open--;
        return end + 1;
    }

    // OSC number ; color ST, and OSC 4 ; index ; color ST
    private int MatchColor(ReadOnlySpan<byte> bytes)
    {
        if (!IsOpen)
        {
            return NoAnswer;
        }

        var at = 2;
        var number = Number(bytes, ref at);
        var entry = number is >= 10 and < 10 + DynamicCount ? number - 10 : None;
        if (number == 4)
        {
            var index = Number(bytes, ref at);
            entry = index is >= 0 and < NamedCount ? DynamicCount + index : None;
        }

        if (at == bytes.Length)
        {
            return Unfinished;
        }

        var stop = bytes[at..].IndexOfAny(Bell, Escape);
        if (entry == None || stop < 0)
        {
            return entry == None ? NoAnswer : Unfinished;
        }

        var end = at + stop;
        var isBell = bytes[end] == Bell;
        if (!isBell && end + 1 == bytes.Length)
        {
            return Unfinished;
        }

        if (!isBell && bytes[end + 1] != '\\')
        {
            return NoAnswer;
        }

        _told[entry] = Color(bytes[at..end]) is var color and >= 0 ? color | Told : _told[entry];
        return end + (isBell ? 1 : 2);
    }

    // A number and the semicolon behind it; -1 where something else stands. At the end of the bytes there may be more to come.
    private static int Number(ReadOnlySpan<byte> bytes, ref int at)
    {
        if (!Utf8Parser.TryParse(bytes[at..], out ushort value, out var digits))
        {
            return None;
        }

        if (at + digits == bytes.Length)
        {
            at = bytes.Length;
            return None;
        }

        if (bytes[at + digits] != ';')
        {
            return None;
        }

        at += digits + 1;
        return value;
    }

    // `rgb:r/g/b` or `rgba:r/g/b/a`: one to four hexadecimal digits each, scaled to their own width (XParseColor); -1 for anything else.
    private static int Color(ReadOnlySpan<byte> text)
    {
        var color = 0;
        text = text[(text.IndexOf((byte)':') + 1)..];
        for (var part = 0; part < DynamicCount; part++)
        {
            if (!Utf8Parser.TryParse(text, out ushort value, out var digits, 'x') || digits is 0 or > 4)
            {
                return -1;
            }

            color = (color << 8) | (value * 255 / ((1 << (4 * digits)) - 1));
            text = text[digits..];
            text = text.IsEmpty ? text : text[1..];
        }

        return color;
    }
}
