namespace Tether.Protocol.Model;

/// <summary>What TETHER_ESCAPE may be: the client uses it, and the daemon reports a line that is none.</summary>
public static class EscapeKey
{
    /// <summary>The value for no key at all.</summary>
    public const string None = "none";

    /// <summary>What is allowed, in words.</summary>
    public const string Allowed = @"ctrl- and one of a–z (not i, j, m), \, ], ^, _ as in ctrl-], or none";

    /// <summary>The control character, 1–31, of `ctrl-b`, `ctrl+b` or `^b`; 0 for `none`; null for what is no usable key.</summary>
    public static byte? Parse(string text)
    {
        if (text.Equals(None, StringComparison.OrdinalIgnoreCase))
        {
            return 0;
        }

        var key = text.Length > 1 && text[0] == '^' ? text[1..]
            : text.StartsWith("ctrl-", StringComparison.OrdinalIgnoreCase) || text.StartsWith("ctrl+", StringComparison.OrdinalIgnoreCase) ? text[5..]
            : "";
        var control = key.Length == 1 ? char.ToUpperInvariant(key[0]) - '@' : 0;

        // Tab, Enter, Line feed and Escape are keys of their own.
        return control is >= 1 and < 0x20 and not (9 or 10 or 13 or 27) ? (byte)control : null;
    }
}
