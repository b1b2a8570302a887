namespace Tether.Daemon.Approvals.Shell;

/// <summary>Makes assignments of words; reads the list of `NAME=(…)`.</summary>
internal static class AssignmentParser
{
    public static ShellAssignment Make(ShellWord word, ShellInput input, CommandParser commands)
    {
        var name = word.Source[..(word.AssignmentLength - 1)].Replace("\\\n", "", StringComparison.Ordinal);
        var isAppend = name.EndsWith('+');
        name = isAppend ? name[..^1] : name;
        if (input.Current == '(' && word.Source.EndsWith('='))
        {
            return new ShellAssignment(name, null, ReadList(input, commands));
        }

        if (input.Current == '(')
        {
            throw new UnreadableException("a parenthesis stands inside a word");
        }

        var value = isAppend || word.Literal is null ? null : word.Literal[word.AssignmentLength..];
        return new ShellAssignment(name, value is ['~', ..] ? null : value, word.Substitutions);
    }

    private static List<ShellNode> ReadList(ShellInput input, CommandParser commands)
    {
        commands.RefuseInPosix("an array");
        input.Take();
        var substitutions = new List<ShellNode>();
        for (commands.SkipLines(); input.Current != ')'; commands.SkipLines())
        {
            var word = commands.Words.Read();
            if (word.Source.StartsWith('['))
            {
                throw new UnreadableException("an element of an array is set");
            }

            substitutions.AddRange(word.Substitutions);
        }

        input.Take();
        return ShellInput.IsWordEnd(input.Current) ? substitutions : throw new UnreadableException("something hangs on to a list");
    }
}
