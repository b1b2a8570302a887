using System.Globalization;

namespace Tether.Daemon.Approvals.Shell;

/// <summary>A text and a place in it. What a backslash and a line feed join is read as joined, but where <see cref="Raw"/> is asked.</summary>
/// <param name="text">All of it.</param>
/// <param name="limits">What may be spent on it.</param>
internal sealed class ShellInput(string text, ShellLimits limits)
{
    public const char End = '\0';

    public string Text { get; } = text;

    public int Position { get; set; }

    public bool IsAtEnd => Current == End;

    /// <summary>The next character, <see cref="End"/> behind the last.</summary>
    public char Current
    {
        get
        {
            Position = AfterJoins(Position);
            return Raw;
        }
    }

    /// <summary>The next character with nothing joined.</summary>
    public char Raw => Position < Text.Length ? Text[Position] : End;

    /// <summary>What a backslash that comes next stands before; it quotes a backslash before that one can join lines.</summary>
    public char Escaped => At(AfterJoins(Position) + 1);

    /// <summary>The one after the next.</summary>
    public char Following => At(AfterJoins(AfterJoins(Position) + 1));

    /// <summary>The second after the next.</summary>
    public char Third => At(AfterJoins(AfterJoins(AfterJoins(Position) + 1) + 1));

    public char Take()
    {
        var c = Current;
        Position++;
        return c;
    }

    public char TakeRaw() => Position < Text.Length ? Text[Position++] : throw new UnreadableException("the text ends in the middle");

    /// <summary>Takes the text if it comes next.</summary>
    public bool TryTake(string expected)
    {
        var start = Position;
        foreach (var c in expected)
        {
            if (Current != c)
            {
                Position = start;
                return false;
            }

            Position++;
        }

        return true;
    }

    public void SkipBlanks()
    {
        while (Current is ' ' or '\t')
        {
            Position++;
        }
    }

    public string From(int start)
    {
        var taken = Text[start..Math.Min(Position, Text.Length)];
        limits.Step(taken.Length);
        return taken;
    }

    /// <summary>A word of letters and of `{}![]` alone that comes next, as reserved words are; null for anything else. Takes nothing.</summary>
    public string? PeekReserved()
    {
        var start = Position;
        Span<char> letters = stackalloc char[10];
        var length = 0;
        while (char.IsAsciiLetter(Current) || Raw is '{' or '}' or '!' or '[' or ']')
        {
            if (length == letters.Length)
            {
                Position = start;
                return null;
            }

            letters[length++] = Take();
        }

        var isWhole = IsWordEnd(Current);
        Position = start;
        return isWhole && length > 0 ? letters[..length].ToString() : null;
    }

    public static bool IsWordEnd(char c) => c is End or ' ' or '\t' or '\n' or ';' or '&' or '|' or '(' or ')' or '<' or '>';

    /// <summary>What no shell's user would type outside quotes, and shells and people see differently.</summary>
    public static bool IsStrange(char c) => c > '\u007f'
        && char.GetUnicodeCategory(c) is UnicodeCategory.SpaceSeparator or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.Format;

    private char At(int index) => index < Text.Length ? Text[index] : End;

    private int AfterJoins(int index)
    {
        var start = index;
        while (index + 1 < Text.Length && Text[index] == '\\' && Text[index + 1] == '\n')
        {
            index += 2;
        }

        limits.Step(1 + index - start);
        return index;
    }
}
