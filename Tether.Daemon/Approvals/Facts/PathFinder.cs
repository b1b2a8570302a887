using Tether.Daemon.Approvals.Shell;

namespace Tether.Daemon.Approvals.Facts;

/// <summary>Finds the paths that a simple command names. Any word may be one; those that surely are, are marked.</summary>
internal sealed class PathFinder(PathResolver paths)
{
    private static readonly HashSet<string> FilePrograms =
    [
        "rm", "rmdir", "cp", "mv", "ln", "cat", "touch", "mkdir", "chmod", "chown", "chgrp", "tee", "head", "tail", "less", "more", "wc", "stat", "file", "ls", "dd",
        "shred", "truncate", "install", "rsync", "tar", "zip", "unzip", "gzip", "gunzip", "diff", "cmp", "source", ".", "cd", "du", "nano", "vim", "vi", "bat", "md5sum",
        "sha256sum", "strings", "xxd", "hexdump", "od", "base64", "readlink", "realpath", "unlink", "trash",
    ];

    private static readonly HashSet<string> Nothing = ["/dev/null", "/dev/stdout", "/dev/stderr", "/dev/stdin", "/dev/tty", "/dev/zero"];

    /// <summary>True for files that hold nothing: what is written there is gone or shown.</summary>
    public static bool IsNothing(string? path) => path is not null && Nothing.Contains(path);

    /// <returns>The paths, and whether there may be more of them.</returns>
    public (List<PartPath> Paths, bool HasUnknown) Find(PlacedCommand command)
    {
        var found = new List<PartPath>();
        var hasUnknown = command.IsOpenEnded || command.Directories is null;
        if (!command.IsTest)
        {
            for (var i = 1; i < command.Words.Count; i++)
            {
                hasUnknown |= !FindInWord(command, i, found);
            }

            // A program that is called by its path is read, too.
            if (command.Call is { } call && call.Contains('/', StringComparison.Ordinal) && command.Wrapper is null)
            {
                Add(command, call, false, 0, true, false, found);
            }
        }

        foreach (var redirection in command.Redirections.Where(redirection => redirection.Kind is not (RedirectionKind.Text or RedirectionKind.Duplicate)))
        {
            if (redirection.Target.Literal is { } target)
            {
                Add(command, target, redirection.Target.IsTilde, -1, true, redirection.Writes, found);
            }
            else
            {
                hasUnknown = true;
            }
        }

        return (found, hasUnknown);
    }

    /// <returns>False when the word may name what is not known.</returns>
    private bool FindInWord(PlacedCommand command, int index, List<PartPath> found)
    {
        var word = command.Words[index];
        if (word.Literal is not { } text)
        {
            // What is known of it is worth showing.
            var start = word.Beginning[(word.Beginning.IndexOf('=', StringComparison.Ordinal) + 1)..];
            if (start.Contains('/', StringComparison.Ordinal) || word.IsTilde)
            {
                Add(command, start[..(start.LastIndexOf('/') + 1)], word.IsTilde, index, true, false, found);
            }

            return false;
        }

        if (HostFinder.IsAddress(text))
        {
            return true;
        }

        var isFileProgram = command.Program is { } program && FilePrograms.Contains(program);
        if (text.StartsWith('-'))
        {
            foreach (var value in OptionValues(text))
            {
                Add(command, value, value.StartsWith('~'), index, LooksLikePath(value), false, found);
            }

            return true;
        }

        Add(command, text, word.IsTilde, index, LooksLikePath(text) || isFileProgram || word.IsTilde, false, found);
        if (text.IndexOf('=', StringComparison.Ordinal) is > 0 and var equals)
        {
            var value = text[(equals + 1)..];
            Add(command, value, value.StartsWith('~'), index, LooksLikePath(value) || isFileProgram, false, found);
        }
        else if (text is ['@', _, ..])
        {
            Add(command, text[1..], text[1] == '~', index, true, false, found);
        }
        else if (text.StartsWith("file://", StringComparison.OrdinalIgnoreCase))
        {
            Add(command, text[7..], false, index, true, false, found);
        }

        return true;
    }

    // --name=value, -Xvalue.
    private static IEnumerable<string> OptionValues(string option)
    {
        if (option.IndexOf('=', StringComparison.Ordinal) is > 0 and var equals)
        {
            yield return option[(equals + 1)..];
        }

        if (!option.StartsWith("--", StringComparison.Ordinal) && option.Length > 2)
        {
            yield return option[2..];
        }

        if (option.IndexOf('/', StringComparison.Ordinal) is > 0 and var slash)
        {
            yield return option[slash..];
        }
    }

    private void Add(PlacedCommand command, string text, bool isTilde, int word, bool isNamed, bool isWritten, List<PartPath> found)
    {
        if (text.Length == 0)
        {
            return;
        }

        isTilde &= text is "~" or ['~', '/', ..];
        foreach (var directory in command.Directories ?? (text.StartsWith('/') || isTilde ? ["/"] : []))
        {
            found.Add(Make(directory, text, isTilde) with { Word = word, IsNamed = isNamed || (word > 0 && Exists(directory, text)), IsWritten = isWritten });
        }
    }

    public PartPath Make(string directory, string text, bool isTilde) => new()
    {
        Lexical = paths.Lexical(directory, text, isTilde),
        Real = paths.Real(directory, text, isTilde),
        Entry = paths.Entry(directory, text, isTilde),
    };

    private static bool Exists(string directory, string text) => text.Length < 256 && Path.Exists(Path.Combine(directory, text));

    private static bool LooksLikePath(string text) => text.Contains('/', StringComparison.Ordinal) || text is "." or ".." or ['.', not '.', ..];
}
