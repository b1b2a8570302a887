namespace Tether.Daemon.Approvals.Shell;

/// <summary>Reads `( )`, `{ }`, `if`, `while`, `until`, `for`, `case`, `function`, `[[ ]]` and `(( ))`.</summary>
internal sealed class CompoundParser(ShellInput input, CommandParser commands)
{
    /// <summary>Null when no compound command comes next; then nothing is taken.</summary>
    public ShellNode? TryParse()
    {
        if (Body() is not { } body)
        {
            return null;
        }

        return commands.ParseTrailingRedirections() is { } redirections
            ? new ShellNode.Sequence([new(redirections, ShellNode.Join.Always), new(body, ShellNode.Join.Always)])
            : body;
    }

    private ShellNode? Body()
    {
        if (input.Current == '(')
        {
            return input.Following == '(' ? ParseArithmetic() : ParseSubshell();
        }

        switch (input.PeekReserved())
        {
            case "{": return ParseGroup();
            case "if": return ParseIf();
            case "while": return ParseLoop("while");
            case "until": return ParseLoop("until");
            case "for": return ParseFor();
            case "case": return ParseCase();
            case "function": return ParseFunction();
            case "[[": return ParseTest();
            case "select" or "coproc" or "repeat" or "foreach" or "end" or "always" or "nocorrect":
                throw new UnreadableException($"`{input.PeekReserved()}` is no command to all shells");
            case "then" or "else" or "elif" or "fi" or "do" or "done" or "esac" or "}" or "]]" or "in":
                throw new UnreadableException($"`{input.PeekReserved()}` stands where a command should");
            default: return input.Current is '{' or '}' ? throw new UnreadableException("a word begins with a brace") : null;
        }
    }

    private ShellNode.Scope ParseSubshell()
    {
        input.Take();
        var body = commands.ParseList();
        if (input.Current != ')')
        {
            throw new UnreadableException("a parenthesis is not closed");
        }

        input.Take();
        return new ShellNode.Scope(body);
    }

    private ShellNode ParseGroup()
    {
        commands.Expect("{");
        var body = commands.ParseList();
        commands.Expect("}");
        return body;
    }

    private ShellNode.Choice ParseIf()
    {
        commands.Expect("if");
        var parts = new List<ShellNode> { commands.ParseList() };
        commands.Expect("then");
        parts.Add(commands.ParseList());
        while (input.PeekReserved() == "elif")
        {
            commands.Expect("elif");
            parts.Add(commands.ParseList());
            commands.Expect("then");
            parts.Add(commands.ParseList());
        }

        if (input.PeekReserved() == "else")
        {
            commands.Expect("else");
            parts.Add(commands.ParseList());
        }

        commands.Expect("fi");
        return new ShellNode.Choice(parts);
    }

    private ShellNode.Choice ParseLoop(string word)
    {
        commands.Expect(word);
        var condition = commands.ParseList();
        commands.Expect("do");
        var body = commands.ParseList();
        commands.Expect("done");
        return new ShellNode.Choice([condition, body]);
    }

    private ShellNode.Choice ParseFor()
    {
        commands.Expect("for");
        input.SkipBlanks();
        _ = input.Current;
        var start = input.Position;
        var head = input.Current == '(' ? ParseForArithmetic(start) : ParseForWords(start);
        commands.SkipLines();
        commands.Expect("do");
        var body = commands.ParseList();
        commands.Expect("done");
        return new ShellNode.Choice([head, body]);
    }

    private ShellNode.Simple ParseForArithmetic(int start)
    {
        if (!input.TryTake("(("))
        {
            throw new UnreadableException("a `for` is not understood");
        }

        commands.RefuseInPosix("`for ((`");
        var head = ReadArithmetic(start, isLoop: true);
        TakeSemicolon();
        return head;
    }

    private ShellNode.Simple ParseForWords(int start)
    {
        var name = commands.Words.Read();
        if (name.Literal is not { } variable || name.IsQuoted || !IsName(variable))
        {
            throw new UnreadableException("a loop's variable is not known");
        }

        var substitutions = new List<ShellNode>();
        commands.SkipLines();
        if (input.PeekReserved() == "in")
        {
            commands.Expect("in");
            for (input.SkipBlanks(); !ShellInput.IsWordEnd(input.Current) && input.Current != '#'; input.SkipBlanks())
            {
                var word = commands.Words.Read();
                commands.Documents.RefuseLines(word);
                substitutions.AddRange(word.Substitutions);
            }

            if (input.Current is not (';' or '\n' or '#'))
            {
                throw new UnreadableException("a `for` is not understood");
            }
        }

        var source = input.From(start);
        TakeSemicolon();
        return new ShellNode.Simple(new ShellCommand { Source = source.Trim(), Assignments = [new ShellAssignment(variable, null, substitutions)] });
    }

    private ShellNode.Choice ParseCase()
    {
        commands.Expect("case");
        input.SkipBlanks();
        _ = input.Current;
        var start = input.Position;
        var words = new List<ShellWord> { commands.Words.Read() };
        commands.SkipLines();
        commands.Expect("in");
        var bodies = new List<ShellNode>();
        for (commands.SkipLines(); input.PeekReserved() != "esac"; commands.SkipLines())
        {
            ParsePatterns(words);
            bodies.Add(commands.ParseList(mayBeEmpty: true));
            if (!input.TryTake(";;&") && !input.TryTake(";;") && !input.TryTake(";&"))
            {
                commands.SkipLines();
                break;
            }
        }

        commands.Expect("esac");
        bodies.Insert(0, Evaluated(words, input.Text[start..Math.Min(input.Position, input.Text.Length)]));
        return new ShellNode.Choice(bodies);
    }

    private void ParsePatterns(List<ShellWord> words)
    {
        if (input.Current == '(')
        {
            input.Take();
        }

        while (true)
        {
            input.SkipBlanks();
            words.Add(commands.Words.Read());
            input.SkipBlanks();
            switch (input.Take())
            {
                case ')': return;
                case '|': break;
                default: throw new UnreadableException("a pattern of a `case` is not understood");
            }
        }
    }

    private ShellNode.Choice ParseFunction()
    {
        commands.RefuseInPosix("`function`");
        commands.Expect("function");
        input.SkipBlanks();
        var name = commands.Words.Read();
        if (name.Literal is not { } literal || name.IsQuoted)
        {
            throw new UnreadableException("a function's name is not known");
        }

        input.SkipBlanks();
        if (input.Current == '(' && input.Following != '(')
        {
            input.Take();
            input.SkipBlanks();
            if (input.Take() != ')')
            {
                throw new UnreadableException("a function's name is not known");
            }
        }

        commands.SkipLines();
        return new ShellNode.Choice([commands.ParseBody()], literal);
    }

    private ShellNode.Simple ParseTest()
    {
        commands.RefuseInPosix("`[[`");
        commands.Count();
        var start = input.Position;
        commands.Expect("[[");
        var words = new List<ShellWord>();
        while (true)
        {
            SkipTestBlanks();
            if (input.PeekReserved() == "]]")
            {
                commands.Expect("]]");
                TestWords.Judge(words, commands);
                return new ShellNode.Simple(new ShellCommand { Source = input.From(start), Words = words, IsTest = true });
            }

            if (input.TryTake("&&") || input.TryTake("||") || input.TryTake("(") || input.TryTake(")"))
            {
                words.Add(new ShellWord { Source = "&&", Beginning = "&&", Literal = "&&" });
                continue;
            }

            if (input.Current is '<' or '>' && input.Following != '(')
            {
                words.Add(new ShellWord { Source = "<", Beginning = "<", Literal = "<" });
                input.Take();
                continue;
            }

            words.Add(commands.Words.Read());
        }
    }

    private void SkipTestBlanks()
    {
        for (input.SkipBlanks(); input.Current == '\n'; input.SkipBlanks())
        {
            commands.TakeLineFeed();
        }
    }

    private ShellNode.Simple ParseArithmetic()
    {
        commands.RefuseInPosix("`((`");
        var start = input.Position;
        input.TryTake("((");
        return ReadArithmetic(start, isLoop: false);
    }

    // Shown as a test, which runs nothing itself.
    private ShellNode.Simple ReadArithmetic(int start, bool isLoop)
    {
        commands.Count();
        var word = new WordBuilder();
        ArithmeticParser.Read(input, new ExpansionParser(input, commands), commands, word, isLoop);
        var source = input.From(start);
        return new ShellNode.Simple(new ShellCommand { Source = source, Words = [word.Build(source)], IsTest = true });
    }

    private static ShellNode.Simple Evaluated(List<ShellWord> words, string source) =>
        new(new ShellCommand { Source = source, Words = words, IsTest = true });

    private void TakeSemicolon()
    {
        commands.SkipBlanksAndComment();
        if (input.Current == ';' && input.Following != ';')
        {
            input.Take();
        }
    }

    private static bool IsName(string text) => text.Length > 0 && !char.IsAsciiDigit(text[0]) && text.All(c => char.IsAsciiLetterOrDigit(c) || c == '_');
}
