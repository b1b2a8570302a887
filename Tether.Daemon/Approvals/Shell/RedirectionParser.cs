namespace Tether.Daemon.Approvals.Shell;

/// <summary>Reads one redirection: an optional descriptor, an operator, a target.</summary>
internal sealed class RedirectionParser(ShellInput input, CommandParser commands)
{
    // The longest first.
    private static readonly (string Text, RedirectionKind Kind)[] Operators =
    [
        ("&>>", RedirectionKind.Append), ("&>", RedirectionKind.Write), ("<<<", RedirectionKind.Text), (">>", RedirectionKind.Append),
        (">|", RedirectionKind.Write), ("<>", RedirectionKind.ReadWrite), (">", RedirectionKind.Write), ("<", RedirectionKind.Read),
    ];

    /// <summary>Null when none comes next; then nothing is taken.</summary>
    public ShellRedirection? TryRead()
    {
        var start = input.Position;
        SkipDescriptor();
        var c = input.Current;
        var isRedirection = c is '<' or '>' || (c == '&' && input.Following == '>');
        if (!isRedirection || (input.Following == '(' && input.Position == start))
        {
            input.Position = start;
            return null;
        }

        if (input.TryTake("<<<"))
        {
            commands.RefuseInPosix("`<<<`");
            return new ShellRedirection { Kind = RedirectionKind.Text, Word = ReadTarget() };
        }

        if (input.TryTake("<<"))
        {
            return commands.Documents.Begin(stripsTabs: input.TryTake("-"));
        }

        if (input.TryTake(">&") || input.TryTake("<&"))
        {
            return ReadDuplicate();
        }

        if (c == '&')
        {
            commands.RefuseInPosix("`&>`");
        }

        var kind = Operators.First(entry => input.TryTake(entry.Text)).Kind;
        return new ShellRedirection { Kind = kind, Word = ReadTarget() };
    }

    // Digits right before the sign.
    private void SkipDescriptor()
    {
        var start = input.Position;
        while (char.IsAsciiDigit(input.Current))
        {
            input.Take();
        }

        if (input.Current is not ('<' or '>'))
        {
            input.Position = start;
        }
    }

    // >&1, >&-, >&1-; >&file writes both, as &> does.
    private ShellRedirection ReadDuplicate()
    {
        var isInput = input.Text[input.Position - 2] == '<';
        var target = ReadTarget();
        if (target.Literal is { } text && text.TrimEnd('-').All(char.IsAsciiDigit) && text.Length > 0 && text.Count(c => c == '-') <= 1)
        {
            return new ShellRedirection { Kind = RedirectionKind.Duplicate, Word = target };
        }

        return isInput || target.Literal is null
            ? throw new UnreadableException("a redirection's descriptor is not known")
            : new ShellRedirection { Kind = RedirectionKind.Write, Word = target };
    }

    private ShellWord ReadTarget()
    {
        input.SkipBlanks();
        if (input.Current is '<' or '>' && input.Following == '(')
        {
            return commands.Words.ReadProcessSubstitution();
        }

        var target = commands.Words.Read();
        commands.Documents.RefuseLines(target);
        return target.Source is ['!' or '#', ..] ? throw new UnreadableException("a redirection's target means different things to different shells") : target;
    }
}
