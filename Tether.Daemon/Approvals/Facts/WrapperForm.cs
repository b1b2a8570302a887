using Tether.Daemon.Approvals.Shell;

namespace Tether.Daemon.Approvals.Facts;

/// <summary>How a wrapper's own arguments end and the command that it runs begins. Lists of options are separated by blanks.</summary>
/// <param name="Valued">Options that take the next word.</param>
/// <param name="Harmless">Options with which it does nothing but run the command, `#` for a number; null when it always does more.</param>
/// <param name="TakesAssignments">`NAME=value` may come before the command.</param>
/// <param name="Positionals">How many words of its own come before the command.</param>
/// <param name="IsElsewhereWith">Options that run the command in another folder; `*` for always.</param>
/// <param name="HiddenWith">Options behind which the command is not told by the words.</param>
/// <param name="NothingWith">Options with which nothing is run.</param>
/// <param name="IsOpenEnded">The command gets further arguments.</param>
internal sealed record WrapperForm(
    string Valued,
    string? Harmless = null,
    bool TakesAssignments = false,
    int Positionals = 0,
    string IsElsewhereWith = "",
    string HiddenWith = "",
    string NothingWith = "",
    bool IsOpenEnded = false)
{
    private readonly HashSet<string> _valued = [.. Valued.Split(' ')];
    private readonly HashSet<string> _harmless = [.. (Harmless ?? "").Split(' ')];
    private readonly HashSet<string> _elsewhere = [.. IsElsewhereWith.Split(' ')];
    private readonly HashSet<string> _hidden = [.. HiddenWith.Split(' ', StringSplitOptions.RemoveEmptyEntries)];
    private readonly HashSet<string> _nothing = [.. NothingWith.Split(' ', StringSplitOptions.RemoveEmptyEntries)];

    public Unwrapped Read(IReadOnlyList<ShellWord> words)
    {
        var isTransparent = Harmless is not null;
        var isElsewhere = _elsewhere.Contains("*");
        var assignments = new List<ShellAssignment>();
        string? placeholder = null;
        var positionals = Positionals;
        var index = 1;
        for (; index < words.Count; index++)
        {
            if (words[index].Literal is not { } text || words[index].IsTilde)
            {
                if (positionals-- > 0)
                {
                    isTransparent = false;
                    continue;
                }

                break;
            }

            if (text == "--")
            {
                index++;
                index += Math.Max(positionals, 0);
                break;
            }

            if (text.StartsWith('-'))
            {
                var name = NameOf(text);
                if (_hidden.Contains(name) || (_hidden.Count > 0 && text.StartsWith("-S", StringComparison.Ordinal)))
                {
                    return new Unwrapped { Hidden = $"`{text}` hides what would be run" };
                }

                if (_nothing.Contains(name))
                {
                    return Unwrapped.Nothing;
                }

                isTransparent &= _harmless.Contains(name) || (_harmless.Contains("#") && text[1..].All(char.IsAsciiDigit));
                isElsewhere |= _elsewhere.Contains(name);
                var takesNext = _valued.Contains(name) && (name == text);
                if (IsOpenEnded && name is "-I" or "-i" or "--replace")
                {
                    placeholder = takesNext ? (index + 1 < words.Count ? words[index + 1].Literal : null)
                        : text.Contains('=', StringComparison.Ordinal) ? text[(text.IndexOf('=', StringComparison.Ordinal) + 1)..]
                        : text.Length > 2 && !text.StartsWith("--", StringComparison.Ordinal) ? text[2..] : "{}";
                    placeholder = string.IsNullOrEmpty(placeholder) ? "{}" : placeholder;
                }

                index += takesNext ? 1 : 0;
            }
            else if (TakesAssignments && words[index].Source.Contains('=', StringComparison.Ordinal) && text.IndexOf('=', StringComparison.Ordinal) is > 0 and var equals)
            {
                assignments.Add(new ShellAssignment(text[..equals], text[(equals + 1)..], []));
            }
            else if (positionals-- <= 0)
            {
                break;
            }
        }

        // A word that is not known may be options, settings or the command.
        return index >= words.Count
            ? new Unwrapped { IsTransparent = false, Assignments = assignments }
            : new Unwrapped
            {
                Inner = [(index, words.Count - index)],
                IsTransparent = isTransparent,
                IsElsewhere = isElsewhere,
                IsOpenEnded = IsOpenEnded,
                Placeholder = placeholder,
                Assignments = assignments,
            };
    }

    // --name=value, -n5: the option alone, where it takes a value.
    private string NameOf(string text)
    {
        if (text.StartsWith("--", StringComparison.Ordinal))
        {
            var equals = text.IndexOf('=', StringComparison.Ordinal);
            return equals < 0 ? text : text[..equals];
        }

        return text.Length > 2 && (_valued.Contains(text[..2]) || (IsOpenEnded && text[1] == 'i')) ? text[..2] : text;
    }
}
