using System.Text;

namespace Tether.Daemon.Approvals.Shell;

/// <summary>Reads what a `$` or a backtick begins. What it comes to is never known; what it would run is.</summary>
internal sealed class ExpansionParser(ShellInput input, CommandParser commands)
{
    public void ReadDollar(WordBuilder word, bool isInQuotes)
    {
        input.Take();
        var c = input.Current;
        switch (c)
        {
            case '(' when input.Following == '(':
                input.Take();
                input.Take();
                word.AddUnknown();
                ArithmeticParser.Read(input, this, commands, word);
                break;
            case '(':
                input.Take();
                word.AddUnknown(new ShellNode.Scope(commands.ParseSubstitution()));
                break;
            case '{':
                input.Take();
                word.AddUnknown();
                ReadBraces(word, isInQuotes);
                break;
            case '[':
                throw new UnreadableException("`$[…]` is arithmetic in some shells");
            case '_' or (>= 'a' and <= 'z') or (>= 'A' and <= 'Z'):
                SkipName();
                word.AddUnknown();
                RefuseSubscript();
                break;
            case (>= '0' and <= '9') or '@' or '*' or '#' or '?' or '-' or '$' or '!':
                input.Take();
                word.AddUnknown();
                RefuseSubscript();
                break;
            case '+' or '^' or '=' or '~' or ':':
                // zsh has forms of these.
                word.AddUnknown();
                break;
            case '\\' or '\'' or '`' when !isInQuotes:
                throw new UnreadableException($"`{c}` stands behind a `$`");
            default:
                word.AddQuoted('$');
                break;
        }
    }

    public void ReadBackticks(WordBuilder word, bool isInQuotes)
    {
        input.Take();
        var text = new StringBuilder();
        for (var c = input.TakeRaw(); c != '`'; c = input.TakeRaw())
        {
            if (c == '\\' && (input.Raw is '$' or '`' or '\\' || (isInQuotes && input.Raw == '"')))
            {
                c = input.TakeRaw();
            }

            text.Append(c);
        }

        word.AddUnknown(new ShellNode.Scope(commands.ParseInner(text.ToString())));
    }

    /// <summary>From behind an opening double quote, up to and with the closing one.</summary>
    public void SkipDoubleQuoted(WordBuilder word)
    {
        while (input.Current != '"')
        {
            switch (input.Current)
            {
                case ShellInput.End:
                    throw new UnreadableException("a double quote is not closed");
                case '\\':
                    input.Take();
                    input.TakeRaw();
                    break;
                case '$':
                    ReadDollar(word, isInQuotes: true);
                    break;
                case '`':
                    ReadBackticks(word, isInQuotes: true);
                    break;
                default:
                    input.Take();
                    break;
            }
        }

        input.Take();
    }

    private void ReadBraces(WordBuilder word, bool isInQuotes)
    {
        commands.Limits.Enter();
        if (input.Current == '!')
        {
            commands.Doubt("`${!…}` reads a variable that another one names");
            input.Take();
        }
        else if (input.Current == '#' && input.Following != '}')
        {
            input.Take();
        }

        var start = input.Position;
        if (char.IsAsciiLetter(input.Current) || input.Current == '_')
        {
            SkipName();
        }
        else if (char.IsAsciiDigit(input.Current))
        {
            while (char.IsAsciiDigit(input.Current))
            {
                input.Take();
            }
        }
        else if (input.Current is '@' or '*' or '#' or '?' or '-' or '$' or '!')
        {
            input.Take();
        }
        else
        {
            throw new UnreadableException("a `${` holds no name");
        }

        var name = input.From(start);
        SkipPlainSubscript();
        ReadOperator(word, name, isInQuotes);
        commands.Limits.Leave();
    }

    private void ReadOperator(WordBuilder word, string name, bool isInQuotes)
    {
        switch (input.Current)
        {
            case '}':
                input.Take();
                return;
            case '@':
                input.Take();
                if (input.Take() is not ('U' or 'u' or 'L' or 'Q' or 'E' or 'K' or 'k' or 'a') || input.Take() != '}')
                {
                    throw new UnreadableException("a `${…@…}` may run what a variable holds");
                }

                return;
            case ':' when input.Following is not ('-' or '=' or '?' or '+'):
                SkipSlice();
                return;
            case '=' or ':' when input.Current == '=' || input.Following == '=':
                word.AddAssigned(name);
                break;
            case '-' or '?' or '+' or ':' or '#' or '%' or '/' or '^' or ',':
                break;
            default:
                throw new UnreadableException($"`{input.Current}` is not understood in a `${{…}}`");
        }

        input.Take();
        WordParser.ReadBraceRest(input, this, word, isInQuotes);
    }

    // ${x:1:2}: arithmetic, and so only numbers.
    private void SkipSlice()
    {
        input.Take();
        while (char.IsAsciiDigit(input.Current) || input.Current is ' ' or ':' or '-')
        {
            input.Take();
        }

        if (input.Take() != '}')
        {
            throw new UnreadableException("a `${…:…}` does arithmetic");
        }
    }

    private void SkipPlainSubscript()
    {
        if (input.Current != '[')
        {
            return;
        }

        input.Take();
        while (char.IsAsciiDigit(input.Current) || input.Current is '@' or '*' or '-')
        {
            input.Take();
        }

        if (input.Take() != ']')
        {
            throw new UnreadableException("a subscript in a `${…}` does arithmetic");
        }
    }

    private void SkipName()
    {
        while (char.IsAsciiLetterOrDigit(input.Current) || input.Current == '_')
        {
            input.Take();
        }
    }

    // bash sees a pattern behind the variable, zsh a subscript, which is arithmetic.
    private void RefuseSubscript()
    {
        if (input.Current == '[')
        {
            throw new UnreadableException("`$name[…]` means different things to different shells");
        }
    }
}
