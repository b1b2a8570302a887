namespace Tether.Daemon.Approvals.Shell;

/// <summary>
/// The grammar around words: lists, pipelines, subshells and the compound commands. One parser reads one text; those inside it (substitutions
/// in backticks) have their own and share <see cref="Limits"/>.
/// </summary>
internal sealed class CommandParser
{
    private readonly ShellInput _input;
    private readonly bool _isPosix;
    private readonly List<string> _doubts;
    private readonly SimpleCommandParser _simple;
    private readonly CompoundParser _compound;

    public CommandParser(string text, bool isPosix, ShellLimits limits, List<string>? doubts = null)
    {
        _input = new ShellInput(text, limits);
        _isPosix = isPosix;
        Limits = limits;
        _doubts = doubts ?? [];
        Documents = new DocumentQueue(_input, this);
        Words = new WordParser(_input, this);
        _simple = new SimpleCommandParser(_input, this);
        _compound = new CompoundParser(_input, this);
    }

    public ShellLimits Limits { get; }

    public IReadOnlyList<string> Doubts => _doubts;

    public WordParser Words { get; }

    public DocumentQueue Documents { get; private set; }

    public void Doubt(string reason)
    {
        if (!_doubts.Contains(reason))
        {
            _doubts.Add(reason);
        }
    }

    public void RefuseInPosix(string what)
    {
        if (_isPosix)
        {
            throw new UnreadableException($"{what} means something else to a plain sh");
        }
    }

    public ShellNode ParseAll()
    {
        var list = ParseList(mayBeEmpty: true);
        if (!_input.IsAtEnd)
        {
            throw new UnreadableException($"`{_input.PeekReserved() ?? _input.Current.ToString()}` stands where a command should");
        }

        Documents.ExpectNone();
        return list;
    }

    /// <summary>From behind an opening parenthesis, up to and with the closing one.</summary>
    public ShellNode ParseSubstitution()
    {
        // A here-document that begins inside must end inside, and one from outside has its body outside.
        var outer = Documents;
        Documents = new DocumentQueue(_input, this);
        Limits.Enter();
        var body = ParseList(mayBeEmpty: true);
        if (_input.Current != ')')
        {
            throw new UnreadableException("a parenthesis is not closed");
        }

        _input.Take();
        Documents.ExpectNone();
        Limits.Leave();
        Documents = outer;
        return body;
    }

    /// <summary>A text inside the text that is a script of its own.</summary>
    public ShellNode ParseInner(string text)
    {
        Limits.Enter();
        Limits.Read(text.Length);
        var body = new CommandParser(text, _isPosix, Limits, _doubts).ParseAll();
        Limits.Leave();
        return body;
    }

    /// <summary>A here-document's body in which variables and substitutions are expanded.</summary>
    public ShellWord ParseDocument(string text)
    {
        Limits.Enter();
        Limits.Read(text.Length);
        var body = new CommandParser(text, _isPosix, Limits, _doubts).Words.ReadDocument(text);
        Limits.Leave();
        return body;
    }

    /// <summary>Commands up to a word or sign that ends them, which is not taken.</summary>
    public ShellNode ParseList(bool mayBeEmpty = false)
    {
        var steps = new List<ShellNode.Step>();
        while (true)
        {
            SkipLines();
            if (IsListEnd())
            {
                break;
            }

            var node = ParseAndOr();
            _input.SkipBlanks();
            if (_input.Current == '&')
            {
                _input.Take();
                node = new ShellNode.Scope(node);
                steps.Add(new ShellNode.Step(node, ShellNode.Join.Always));
                if (_input.Current is '|' or '!')
                {
                    throw new UnreadableException("`&` and what follows it mean different things to different shells");
                }

                continue;
            }

            steps.Add(new ShellNode.Step(node, ShellNode.Join.Always));
            if (_input.Current == ';' && _input.Following is not (';' or '&' or '|'))
            {
                _input.Take();
            }
            else if (_input.Current != '\n' && !IsListEnd())
            {
                SkipComment();
                if (_input.Current != '\n' && !IsListEnd())
                {
                    throw new UnreadableException($"`{_input.Current}` stands behind a command");
                }
            }
        }

        return steps.Count > 0 || mayBeEmpty ? new ShellNode.Sequence(steps) : throw new UnreadableException("a command is missing");
    }

    /// <summary>Line feeds, blanks and comments.</summary>
    public void SkipLines()
    {
        while (true)
        {
            _input.SkipBlanks();
            SkipComment();
            if (_input.Current != '\n')
            {
                return;
            }

            TakeLineFeed();
        }
    }

    public void TakeLineFeed()
    {
        _input.Take();
        Documents.ReadBodies();
    }

    public void Expect(string word)
    {
        SkipBlanksAndComment();
        if (_input.PeekReserved() != word)
        {
            throw new UnreadableException($"`{word}` is missing");
        }

        _input.TryTake(word);
    }

    public void SkipBlanksAndComment()
    {
        _input.SkipBlanks();
        SkipComment();
    }

    public void Count() => Limits.Count();

    public ShellNode ParseCommand()
    {
        _input.SkipBlanks();
        Limits.Enter();
        var node = _compound.TryParse() ?? _simple.Parse();
        Limits.Leave();
        return node;
    }

    /// <summary>A compound command, as a function's body must be.</summary>
    public ShellNode ParseBody()
    {
        Limits.Enter();
        var body = _compound.TryParse() ?? throw new UnreadableException("a function's body is missing");
        Limits.Leave();
        return body;
    }

    /// <summary>The redirections that follow a compound command, as a command of no words; null when there are none.</summary>
    public ShellNode? ParseTrailingRedirections() => _simple.ParseRedirectionsOnly();

    private ShellNode ParseAndOr()
    {
        var steps = new List<ShellNode.Step> { new(ParsePipeline(), ShellNode.Join.Always) };
        while (true)
        {
            _input.SkipBlanks();
            var join = _input.Current == '&' && _input.Following == '&' ? ShellNode.Join.OnSuccess
                : _input.Current == '|' && _input.Following == '|' ? ShellNode.Join.OnFailure
                : ShellNode.Join.Always;
            if (join == ShellNode.Join.Always)
            {
                return steps.Count == 1 ? steps[0].Node : new ShellNode.Sequence(steps);
            }

            _input.Take();
            _input.Take();
            SkipLines();
            steps.Add(new ShellNode.Step(ParsePipeline(), join));
        }
    }

    private ShellNode ParsePipeline()
    {
        SkipPrefixes();
        var stages = new List<ShellNode> { ParseCommand() };
        while (true)
        {
            _input.SkipBlanks();
            if (_input.Current != '|' || _input.Following == '|')
            {
                return stages.Count == 1 ? stages[0] : new ShellNode.Pipeline(stages);
            }

            _input.Take();
            if (_input.Current == '&')
            {
                RefuseInPosix("`|&`");
                _input.Take();
            }

            SkipLines();
            stages.Add(ParseCommand());
        }
    }

    // `!` and `time -p`, which change nothing about what is run.
    private void SkipPrefixes()
    {
        while (true)
        {
            _input.SkipBlanks();
            switch (_input.PeekReserved())
            {
                case "!":
                    _input.Take();
                    break;
                case "time":
                    _input.TryTake("time");
                    _input.SkipBlanks();
                    if (_input.Current == '-' && _input.Following == 'p' && ShellInput.IsWordEnd(_input.Third))
                    {
                        _input.TryTake("-p");
                        _input.SkipBlanks();
                    }

                    if (_input.Current == '-')
                    {
                        throw new UnreadableException("`time` has options that shells read differently");
                    }

                    break;
                default:
                    return;
            }
        }
    }

    private bool IsListEnd() => _input.Current is ShellInput.End or ')' || (_input.Current == ';' && _input.Following is ';' or '&' or '|')
        || _input.PeekReserved() is "then" or "else" or "elif" or "fi" or "do" or "done" or "esac" or "}";

    // Up to the line feed; a backslash at its end joins nothing.
    private void SkipComment()
    {
        if (_input.Current == '#')
        {
            while (_input.Raw is not (ShellInput.End or '\n'))
            {
                _input.Position++;
            }
        }
    }
}
