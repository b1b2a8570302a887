using Tether.Daemon.Approvals.Shell;

namespace Tether.Daemon.Approvals.Facts;

/// <summary>The shell's own commands that set variables or change what later words mean.</summary>
internal static class Builtins
{
    private static readonly HashSet<string> Declaring = ["export", "declare", "typeset", "local", "readonly", "integer", "float"];

    /// <summary>What `export A=b` and its like set.</summary>
    public static IEnumerable<ShellAssignment> Assignments(PlacedCommand command)
    {
        if (command.IsTest || command.Words.Count == 0 || command.Words[0].Literal is not { } program)
        {
            yield break;
        }

        if (Declaring.Contains(program))
        {
            foreach (var word in command.Words.Skip(1).Where(word => word.AssignmentLength > 0))
            {
                yield return new ShellAssignment(word.Source[..(word.AssignmentLength - 1)].TrimEnd('+'), word.Literal?[word.AssignmentLength..], []);
            }
        }
        else if (program is "read" or "getopts" or "mapfile" or "readarray" or "unset")
        {
            foreach (var word in command.Words.Skip(1).Where(word => word.Literal?.StartsWith('-') != true))
            {
                yield return new ShellAssignment(word.Literal ?? "", null, []);
            }
        }
    }

    /// <summary>Why a call of one of them may run more, or mean more, than its words say; null when it does not.</summary>
    public static string? Doubt(PlacedCommand command)
    {
        if (command.IsTest || command.Words.Count == 0 || command.Words[0].Literal is not { } program)
        {
            return null;
        }

        var arguments = command.Words.Skip(1);
        return program switch
        {
            "let" or "alias" or "shopt" or "enable" or "hash" or "bind" or "complete" or "compgen" or "fc" or "history" or "emulate" or "setopt" or "zmodload" or "autoload"
                => $"`{program}` changes what other words mean",
            "set" when arguments.Any(word => word.Literal is not { } text || text[..Math.Min(2, text.Length)] is not ("-e" or "-u" or "-x" or "-o" or "+e" or "+u" or "+x" or "+o" or "eu" or "pi" or "er" or "no"))
                => "`set` changes what other words mean",
            "printf" when arguments.FirstOrDefault() is { } first && (first.Literal is not { } text ? first.Beginning is "" or ['-', ..] : text.StartsWith("-v", StringComparison.Ordinal))
                => "`printf -v` sets a variable",
            "test" or "[" when arguments.Any(word => word.Literal is "-v" or "-R") => "`-v` may run what a variable's name holds",
            "wait" when arguments.Any(word => word.Literal is not { } text || text.StartsWith("-p", StringComparison.Ordinal)) => "`wait` may set a variable",
            _ when Declaring.Contains(program) && arguments.Any(IsOdd) => $"`{program}` is called with words that may set anything",
            "read" or "getopts" or "mapfile" or "readarray" or "unset" when arguments.Any(word => word.Literal is not { } text || text.Contains('[', StringComparison.Ordinal) || text is "-C" or "-a")
                => $"`{program}` is called with words that may set anything",
            _ => null,
        };
    }

    // -i makes values arithmetic; a name with a subscript has one.
    private static bool IsOdd(ShellWord word) => word.AssignmentLength == 0
        && !(word.Literal is { Length: > 0 } text && (text is "-x" or "-r" or "-g" or "-gx" or "-p" or "-a" or "-A" or "-f" || text.All(c => char.IsAsciiLetterOrDigit(c) || c == '_')));
}
