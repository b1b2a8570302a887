namespace Tether.Daemon.Approvals.Shell;

/// <summary>
/// Arithmetic: `$((…))`, `((…))`, the head of `for ((…))`. A variable's value is worked out as arithmetic in its turn, and a subscript in it may hold
/// a substitution: whatever is more than numbers is a doubt.
/// </summary>
internal static class ArithmeticParser
{
    /// <summary>From behind `((`, up to and with `))`.</summary>
    public static void Read(ShellInput input, ExpansionParser expansions, CommandParser commands, WordBuilder word, bool isLoop = false)
    {
        commands.Limits.Enter();
        var depth = 0;
        while (true)
        {
            var c = input.Current;
            switch (c)
            {
                case ')' when depth == 0:
                    input.Take();
                    if (input.Current != ')')
                    {
                        throw new UnreadableException("`((` may be arithmetic or two subshells");
                    }

                    input.Take();
                    commands.Limits.Leave();
                    return;
                case ')':
                    depth--;
                    input.Take();
                    break;
                case '(':
                    depth++;
                    input.Take();
                    break;
                case '$':
                    commands.Doubt("arithmetic over variables may run what they hold");
                    expansions.ReadDollar(word, isInQuotes: true);
                    break;
                case '`':
                    commands.Doubt("arithmetic over variables may run what they hold");
                    expansions.ReadBackticks(word, isInQuotes: false);
                    break;
                case '_' or '[' or ']' or (>= 'a' and <= 'z') or (>= 'A' and <= 'Z'):
                    commands.Doubt("arithmetic over variables may run what they hold");
                    input.Take();
                    break;
                case ' ' or '\t' or '\n' or '+' or '-' or '*' or '/' or '%' or '<' or '>' or '=' or '!' or '&' or '|' or '^' or '~' or '?' or ':' or ','
                    or (>= '0' and <= '9'):
                    input.Take();
                    break;
                case ';' when isLoop && depth == 0:
                    input.Take();
                    break;
                case ShellInput.End:
                    throw new UnreadableException("`((` is not closed");
                default:
                    throw new UnreadableException($"`{c}` stands in arithmetic");
            }
        }
    }
}
