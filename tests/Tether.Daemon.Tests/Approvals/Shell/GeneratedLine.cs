using System.Text;

namespace Tether.Daemon.Tests.Approvals.Shell;

/// <summary>Makes command lines at random whose simple commands are known. The same seed makes the same line.</summary>
internal sealed class GeneratedLine
{
    private readonly Random _random;
    private readonly string[] _programs;
    private readonly List<string[]> _commands = [];
    private string _pendingDocument = "";

    private GeneratedLine(int seed, string[] programs)
    {
        _random = new Random(seed);
        _programs = programs;
    }

    /// <summary>The text.</summary>
    public string Text { get; private set; } = "";

    /// <summary>The words of each simple command with quotes removed; null words are not known. In no particular order.</summary>
    public IReadOnlyList<string[]> Commands => _commands;

    public static GeneratedLine Of(int seed, params string[] programs)
    {
        var line = new GeneratedLine(seed, programs);
        line.Text = line.List(3);
        return line;
    }

    private string List(int depth)
    {
        var text = new StringBuilder();
        for (var i = _random.Next(1, 4); i > 0; i--)
        {
            var item = AndOr(depth);
            text.Append(item);
            if (_pendingDocument.Length > 0)
            {
                text.Append('\n').Append(_pendingDocument);
                _pendingDocument = "";
            }
            else
            {
                text.Append(_random.Next(4) switch { 0 => "\n", 1 => " # it's a comment; nothing (\n", _ => i > 1 ? "; " : "\n" });
            }
        }

        return text.ToString();
    }

    private string AndOr(int depth)
    {
        var text = Pipeline(depth);
        while (_pendingDocument.Length == 0 && _random.Next(3) == 0)
        {
            text += (_random.Next(2) == 0 ? " && " : " ||\n") + Pipeline(depth);
        }

        return text;
    }

    private string Pipeline(int depth)
    {
        var text = (_random.Next(6) == 0 ? "! " : "") + Command(depth);
        while (_pendingDocument.Length == 0 && _random.Next(4) == 0)
        {
            text += (_random.Next(3) == 0 ? " |& " : " | ") + Command(depth);
        }

        return text;
    }

    private string Command(int depth) => depth == 0 ? Simple(0) : _random.Next(12) switch
    {
        0 => $"( {List(depth - 1)})",
        1 => $"{{ {List(depth - 1)}}}",
        2 => $"if {List(depth - 1)}then {List(depth - 1)}else {List(depth - 1)}fi",
        3 => $"for v in a 'b c'; do {List(depth - 1)}done",
        4 => $"case {Quote("x")} in a|b) {List(depth - 1)};; *) {List(depth - 1)}\n;; esac",
        5 => Loop(depth),
        _ => Simple(depth),
    };

    // It ends at once, when it is run.
    private string Loop(int depth)
    {
        _commands.Add(["break"]);
        _commands.Add(["one"]);
        return $"while {List(depth - 1)}one; do break; {List(depth - 1)}done";
    }

    private string Simple(int depth)
    {
        var index = _commands.Count;
        _commands.Add([]);
        var program = _programs[_random.Next(_programs.Length)];
        var words = new List<string> { program };
        var text = Quote(program, isFirst: true);
        for (var i = _random.Next(4); i > 0; i--)
        {
            text += _random.Next(8) == 0 ? " \\\n " : " ";
            if (depth > 0 && _random.Next(5) == 0)
            {
                words.Add("?");
                text += _random.Next(3) switch { 0 => $"$( {List(depth - 1)})", 1 => $"\"a$( {List(depth - 1)} )b\"", _ => $"<( {List(depth - 1)})" };
            }
            else
            {
                var value = Value();
                words.Add(value);
                text += Quote(value);
            }
        }

        text += _random.Next(8) switch { 0 => " 2>&1", 1 => " >/dev/null", 2 => " 2> /dev/null", 3 => " <<< " + Quote(Value()), _ => "" };
        if (_pendingDocument.Length == 0 && depth == 3 && _random.Next(8) == 0)
        {
            text += " <<'E D'";
            _pendingDocument = "rm $(x) `y` \"\nE D\n";
        }

        _commands[index] = [.. words];
        return text;
    }

    private string Value()
    {
        const string Letters = "abc12 ;&|()<>$`\"'\\*?[]{},~#!=\n\té漢-";
        var text = new StringBuilder();
        for (var i = _random.Next(0, 7); i > 0; i--)
        {
            text.Append(Letters[_random.Next(Letters.Length)]);
        }

        return text.ToString();
    }

    private string Quote(string value, bool isFirst = false)
    {
        var text = new StringBuilder();
        if (value.Length == 0)
        {
            return _random.Next(2) == 0 ? "''" : "\"\"";
        }

        for (var i = 0; i < value.Length;)
        {
            var length = _random.Next(1, value.Length - i + 1);
            var piece = value.Substring(i, length);
            i += length;
            text.Append(_random.Next(3) switch
            {
                0 when !piece.Contains('\'', StringComparison.Ordinal) => $"'{piece}'",
                1 => "\"" + string.Concat(piece.Select(c => c is '$' or '`' or '"' or '\\' ? "\\" + c : c.ToString())) + "\"",
                _ => string.Concat(piece.Select(c => char.IsAsciiLetterOrDigit(c) || c == '-' || (isFirst && c == '_') ? c.ToString() : c is '\n' ? "'\n'" : "\\" + c)),
            });
        }

        return text.ToString();
    }
}
