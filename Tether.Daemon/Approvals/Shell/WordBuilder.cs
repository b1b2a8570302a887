using System.Text;

namespace Tether.Daemon.Approvals.Shell;

/// <summary>Collects what is known of a word while it is read.</summary>
internal sealed class WordBuilder
{
    private readonly StringBuilder _literal = new();
    private readonly StringBuilder _pattern = new();
    private readonly List<ShellNode> _substitutions = [];
    private readonly List<string> _assigned = [];
    private bool _isKnown = true;
    private bool _hasUnknown;
    private int _brace = -1;
    private int _beginning = -1;

    public bool IsQuoted { get; private set; }

    public bool IsTilde { get; set; }

    public int AssignmentLength { get; private set; }

    public bool IsEmpty => _literal.Length == 0 && _isKnown && !IsQuoted;

    /// <summary>Marks that quotes stand here, around nothing perhaps.</summary>
    public void Quote() => IsQuoted = true;

    public void AddQuoted(char c)
    {
        IsQuoted = true;
        _literal.Append(c);
        if (c is '*' or '?' or '[' or '\\')
        {
            _pattern.Append('\\');
        }

        _pattern.Append(c);
    }

    public void Add(char c)
    {
        if (c == '=' && !IsQuoted && _isKnown && AssignmentLength == 0 && IsName(_literal))
        {
            AssignmentLength = _literal.Length + 1;
        }

        // {a,b} and {1..3} become several words; {} and @{1} stay.
        if (c == '{' && _brace < 0)
        {
            _brace = _literal.Length;
        }
        else if (_brace >= 0 && (c == ',' || (c == '.' && _literal[^1] == '.')))
        {
            AddUnknown();
            _beginning = Math.Min(_beginning, _brace);
        }

        _literal.Append(c);
        _pattern.Append(c);
    }

    public void AddGlob(char c)
    {
        Stop();
        _pattern.Append(c);
        _literal.Append(c);
    }

    public void AddUnknown()
    {
        Stop();
        _hasUnknown = true;
    }

    public void AddUnknown(ShellNode substitution)
    {
        AddUnknown();
        _substitutions.Add(substitution);
    }

    public void AddAssigned(string name) => _assigned.Add(name);

    public ShellWord Build(string source) => new()
    {
        Source = source,
        Literal = _isKnown ? _literal.ToString() : null,
        Beginning = _isKnown ? _literal.ToString() : _literal.ToString(0, _beginning),
        IsTilde = IsTilde,
        IsQuoted = IsQuoted,
        Pattern = _isKnown || _hasUnknown ? null : _pattern.ToString(),
        AssignmentLength = AssignmentLength,
        Substitutions = _substitutions,
        Assigned = _assigned,
    };

    private void Stop()
    {
        if (_isKnown)
        {
            _isKnown = false;
            _beginning = _literal.Length;
        }
    }

    // NAME or, for NAME+=, NAME and a plus.
    private static bool IsName(StringBuilder text)
    {
        var length = text.Length > 0 && text[^1] == '+' ? text.Length - 1 : text.Length;
        for (var i = 0; i < length; i++)
        {
            if (!(char.IsAsciiLetter(text[i]) || text[i] == '_' || (i > 0 && char.IsAsciiDigit(text[i]))))
            {
                return false;
            }
        }

        return length > 0;
    }
}
