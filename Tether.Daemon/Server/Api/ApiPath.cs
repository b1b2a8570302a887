using System.Text;

namespace Tether.Daemon.Server.Api;

/// <summary>Reads the path of a request as it was sent: decoded once, with nothing in it that could mean another place than it says.</summary>
internal static class ApiPath
{
    private const int Longest = 4096;

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>
    /// The segments; null for a path that names nothing here: with `.` or `..`, an empty segment, a slash, backslash or control character inside one however it is written, or
    /// an escape that is none.
    /// </summary>
    /// <param name="target">The target of the request line: `/path?query`, or a whole URL.</param>
    public static string[]? Read(string target)
    {
        if (target.Length > Longest)
        {
            target = target.IndexOf('?', StringComparison.Ordinal) is var query and >= 0 and <= Longest ? target[..query] : "";
        }

        var path = target.Split('?', 2)[0];
        if (!path.StartsWith('/'))
        {
            var scheme = path.IndexOf("://", StringComparison.Ordinal);
            var slash = scheme < 0 ? -1 : path.IndexOf('/', scheme + 3);
            if (slash < 0)
            {
                return null;
            }

            path = path[slash..];
        }

        var segments = path[1..].Split('/');
        for (var i = 0; i < segments.Length; i++)
        {
            if (Decode(segments[i]) is not { Length: > 0 } segment || segment is "." or ".." || segment.Any(c => c is '/' or '\\' || char.IsControl(c)))
            {
                return null;
            }

            segments[i] = segment;
        }

        return segments;
    }

    private static string? Decode(string text)
    {
        if (!text.Contains('%', StringComparison.Ordinal))
        {
            return text;
        }

        var bytes = new byte[Encoding.UTF8.GetMaxByteCount(text.Length)];
        var length = 0;
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] != '%')
            {
                length += Encoding.UTF8.GetBytes(text.AsSpan(i, 1), bytes.AsSpan(length));
            }
            else if (i + 2 < text.Length && char.IsAsciiHexDigit(text[i + 1]) && char.IsAsciiHexDigit(text[i + 2]))
            {
                bytes[length++] = Convert.ToByte(text.Substring(i + 1, 2), 16);
                i += 2;
            }
            else
            {
                return null;
            }
        }

        try
        {
            return Strict.GetString(bytes, 0, length);
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }
}
