namespace Tether.Tui.Terminal;

/// <summary>The key that opens the menu of an attached client: `TETHER_ESCAPE` = `ctrl-]` (the default), `ctrl-b`, …, or `none`.</summary>
internal readonly record struct EscapeChord(byte Byte)
{
    public const string Variable = "TETHER_ESCAPE";

    private const byte CtrlBracket = 0x1d;

    public static EscapeChord None => new(0);

    /// <summary>As a person types it: `Ctrl-]`.</summary>
    public string Name => Byte == 0 ? "no chord" : $"Ctrl-{(char)(Byte + '@')}";

    /// <exception cref="TetherException">The text names no usable key.</exception>
    public static EscapeChord Parse(string? text)
    {
        if (string.IsNullOrEmpty(text))
        {
            return new EscapeChord(CtrlBracket);
        }

        if (text.Equals("none", StringComparison.OrdinalIgnoreCase))
        {
            return None;
        }

        var key = text.Length > 1 && text[0] == '^' ? text[1..]
            : text.StartsWith("ctrl-", StringComparison.OrdinalIgnoreCase) || text.StartsWith("ctrl+", StringComparison.OrdinalIgnoreCase) ? text[5..]
            : "";
        var control = key.Length == 1 ? char.ToUpperInvariant(key[0]) - '@' : 0;

        // Tab, Enter, Line feed and Escape are keys of their own.
        return control is >= 1 and < 0x20 and not (9 or 10 or 13 or 27)
            ? new EscapeChord((byte)control)
            : throw new TetherException(ExitCodes.Usage,
                $"{Variable}={text} is no chord; allowed: ctrl- and one of a–z (not i, j, m), \\, ], ^, _ as in `ctrl-]`, or `none`");
    }
}
