namespace Tether.Tui.Rendering;

/// <summary>
/// Characters for a terminal that shows nothing beyond ASCII: lines of every weight stay apart, signs and punctuation become what is like
/// them, all else is a question mark.
/// </summary>
internal static class AsciiLook
{
    private static readonly Dictionary<int, char> Likeness = Table(
        ("─┄┈╌╴╶╼╾‐‑‒–—―−⎯", '-'), ("│┆┊╎╵╷╽╿⎿", '|'), ("━┅┉╍╸╺═", '='), ("┃┇┋╏╹╻┏┓┗┛┣┫┳┻╋", '#'), ("║", 'H'), ("╔╗╚╝╠╣╦╩╬", '*'),
        ("●•◉○◦★☆✻✽✶✳✢∗⏺", '*'), ("·∙⋅…⋯", '.'), ("◆◇", '~'), ("✓✔", '+'), ("✗✘×✕✖", 'x'), ("■□▪▫", '='), ("›▸▶►→»⇒❯", '>'), ("‹◂◀◄←«⇐❮", '<'),
        ("↑▴▲⇑", '^'), ("↓▾▼⇓", 'v'), ("‘’‚`´", '\''), ("“”„", '"'), ("█▓▒░▉▊▋▌▍▎▏▐▀▄▁▂▃▅▆▇▔▕", '#'), ("\u00a0\u2002\u2003\u2009\u3000", ' '));

    /// <summary>A code point as it is shown; ASCII as it is.</summary>
    public static int Of(int codePoint)
    {
        if (codePoint < 0x7f)
        {
            return codePoint;
        }

        if (Likeness.TryGetValue(codePoint, out var like))
        {
            return like;
        }

        // What is left of the box drawing: corners, tees and crosses of light lines.
        return codePoint is >= 0x2500 and <= 0x257f ? '+' : '?';
    }

    private static Dictionary<int, char> Table(params (string Characters, char Like)[] likes)
    {
        var table = new Dictionary<int, char>();
        foreach (var (characters, like) in likes)
        {
            foreach (var character in characters)
            {
                table[character] = like;
            }
        }

        return table;
    }
}
