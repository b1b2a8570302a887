using System.Text;

namespace Tether.Daemon.Configuration;

/// <summary>
/// One line of a config file. Blank lines and comments have neither key nor problem.
/// <code>
/// line   = [ "export " ] key "=" value [ comment ] | comment | blank
/// key    = letter or "_", then letters, digits, "_"
/// value  = 'as it stands' | "with \" \\ \n \t" | bare text up to a blank and "#"
/// </code>
/// </summary>
internal readonly record struct ConfigLine(string? Key, string Value, string? Problem)
{
    private const string Export = "export ";

    public static ConfigLine Parse(string line)
    {
        var text = line.AsSpan().Trim();
        if (text.IsEmpty || text[0] == '#')
        {
            return default;
        }

        if (text.StartsWith(Export))
        {
            text = text[Export.Length..].TrimStart();
        }

        var equals = text.IndexOf('=');
        if (equals < 0)
        {
            return Bad("no `=`; a line is KEY=value or a # comment");
        }

        var key = text[..equals].TrimEnd();
        return IsName(key)
            ? ParseValue(key.ToString(), text[(equals + 1)..].TrimStart())
            : Bad($"`{key}` is no name; letters, digits and _ are allowed");
    }

    private static ConfigLine ParseValue(string key, ReadOnlySpan<char> text)
    {
        if (text.IsEmpty || text[0] is not ('"' or '\''))
        {
            return new ConfigLine(key, Bare(text).ToString(), null);
        }

        var value = new StringBuilder();
        var quote = text[0];
        for (var i = 1; i < text.Length; i++)
        {
            if (text[i] == quote)
            {
                var rest = text[(i + 1)..].TrimStart();
                return rest.IsEmpty || rest[0] == '#' ? new ConfigLine(key, value.ToString(), null) : Bad("text behind the closing quote");
            }

            var isEscape = quote == '"' && text[i] == '\\' && i + 1 < text.Length;
            value.Append(isEscape ? Unescape(text[++i]) : text[i]);
        }

        return Bad($"no closing {quote}");
    }

    // A colour begins with `#`, so a comment behind a value needs a blank before its `#`, and one without a value a blank behind it.
    private static ReadOnlySpan<char> Bare(ReadOnlySpan<char> text)
    {
        if (text is ['#'] or ['#', ' ', ..])
        {
            return default;
        }

        var comment = text.IndexOf(" #");
        var tabbed = text.IndexOf("\t#");
        var end = (comment, tabbed) switch
        {
            ( < 0, < 0) => text.Length,
            ( < 0, _) => tabbed,
            (_, < 0) => comment,
            _ => Math.Min(comment, tabbed),
        };
        return text[..end].TrimEnd();
    }

    private static char Unescape(char character) => character switch
    {
        'n' => '\n',
        't' => '\t',
        _ => character,
    };

    private static bool IsName(ReadOnlySpan<char> text)
    {
        foreach (var character in text)
        {
            if (!char.IsAsciiLetterOrDigit(character) && character != '_')
            {
                return false;
            }
        }

        return !text.IsEmpty && !char.IsAsciiDigit(text[0]);
    }

    private static ConfigLine Bad(string problem) => new(null, "", problem);
}
