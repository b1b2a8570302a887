using Tether.Daemon.Approvals.Shell;

namespace Tether.Daemon.Approvals.Facts;

/// <summary>A shell that is called with its commands: `bash -lc '…'`.</summary>
internal static class ShellWords
{
    /// <summary>Options of one letter that change nothing about what is read below; `l` and `i` read the person's own start-up files.</summary>
    private const string Plain = "ceuxl";

    public static Unwrapped Read(IReadOnlyList<ShellWord> words, bool isPosix)
    {
        var index = 1;
        var runsText = false;
        var isPlain = true;
        for (; index < words.Count; index++)
        {
            if (words[index].Literal is not { } text)
            {
                return new Unwrapped { Hidden = "a shell is called with words that are not known" };
            }

            if (text is "--" or "-")
            {
                index++;
                break;
            }

            if (text is ['-' or '+', _, ..])
            {
                if (text.StartsWith("--", StringComparison.Ordinal))
                {
                    isPlain &= text is "--login" or "--norc" or "--noprofile" or "--posix";
                    index += text is "--rcfile" or "--init-file" ? 1 : 0;
                    continue;
                }

                isPlain &= text[0] == '-' && text.AsSpan(1).ContainsAnyExcept(Plain) == false;
                runsText |= text[0] == '-' && text.Contains('c', StringComparison.Ordinal);
                index += text[^1] is 'o' or 'O' ? 1 : 0;
                continue;
            }

            break;
        }

        if (!runsText || index >= words.Count)
        {
            // A file's commands, or its input's.
            return Unwrapped.Nothing;
        }

        return words[index].Literal is { } script && !words[index].IsTilde
            ? new Unwrapped { Scripts = [script], IsPosix = isPosix, IsTransparent = isPlain }
            : new Unwrapped { Hidden = "a shell is called with a text that is not known" };
    }
}
