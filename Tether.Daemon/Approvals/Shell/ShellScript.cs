namespace Tether.Daemon.Approvals.Shell;

/// <summary>
/// A command line, read as bash reads it where bash, zsh and dash agree. Text that they read differently, or that is not understood, is
/// unreadable: nothing here guesses. Reading takes time and memory in proportion to the text's length, and never throws.
/// </summary>
internal sealed record ShellScript
{
    /// <summary>What it would run; null when it is unreadable.</summary>
    public ShellNode? Root { get; init; }

    /// <summary>Why it is unreadable, in a few words; null when it was read.</summary>
    public string? Unreadable { get; init; }

    /// <summary>What was read and may run more than is seen, as arithmetic over variables.</summary>
    public IReadOnlyList<string> Doubts { get; init; } = [];

    /// <param name="text">At most <see cref="ShellLimits.Longest"/> characters.</param>
    /// <param name="isPosix">It is for a `sh` that may know none of bash's additions.</param>
    /// <param name="limits">Those of the text around it; null for the outermost.</param>
    public static ShellScript Parse(string text, bool isPosix = false, ShellLimits? limits = null)
    {
        limits ??= new ShellLimits();
        try
        {
            limits.Read(text.Length);
            RefuseControls(text);
            var parser = new CommandParser(text, isPosix, limits);
            return new ShellScript { Root = parser.ParseAll(), Doubts = parser.Doubts };
        }
        catch (UnreadableException e)
        {
            return new ShellScript { Unreadable = e.Message };
        }
    }

    private static void RefuseControls(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (char.IsControl(c) && c is not ('\t' or '\n'))
            {
                throw new UnreadableException($"it has a control character (U+{(int)c:X4})");
            }

            if (char.IsSurrogate(c) && !(char.IsHighSurrogate(c) && i + 1 < text.Length && char.IsLowSurrogate(text[++i])))
            {
                throw new UnreadableException("it has half a character");
            }
        }
    }
}
