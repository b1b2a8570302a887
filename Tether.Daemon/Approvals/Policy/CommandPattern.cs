using Tether.Daemon.Approvals.Facts;
using Tether.Daemon.Approvals.Shell;

namespace Tether.Daemon.Approvals.Policy;

/// <summary>The beginning of a simple command as a rule names it: `git status`, `CI=1 npm test`.</summary>
internal sealed class CommandPattern
{
    private static readonly string[] TrustedFolders = ["/bin/", "/usr/bin/"];

    private readonly string[] _words;
    private readonly bool[] _areTilde;
    private readonly ShellAssignment[] _assignments;

    private CommandPattern(ShellCommand command)
    {
        _words = [.. command.Words.Select(word => word.Literal!)];
        _areTilde = [.. command.Words.Select(word => word.IsTilde)];
        _assignments = [.. command.Assignments];
    }

    public int Length => _words.Length;

    /// <summary>Null, and why, when a text is no beginning of one simple command.</summary>
    public static CommandPattern? Parse(string text, out string problem)
    {
        var script = ShellScript.Parse(text);
        var node = script.Root;
        while (node is ShellNode.Sequence { Steps: [var only] })
        {
            node = only.Node;
        }

        problem = script.Unreadable ?? "";
        if (node is not ShellNode.Simple { Command: { Words.Count: > 0, Redirections.Count: 0, IsTest: false } command })
        {
            problem = problem.Length > 0 ? problem : "it is not one command";
            return null;
        }

        if (command.Words.Any(word => word.Literal is null) || command.Assignments.Any(assignment => assignment.Value is null))
        {
            problem = "only plain words can be compared; what follows them is free, and needs no `*`";
            return null;
        }

        return new CommandPattern(command);
    }

    /// <summary>True when the command surely begins so, called by that very name or from a system folder.</summary>
    public bool Covers(PlacedCommand command)
    {
        if (command.Words.Count < _words.Length)
        {
            return false;
        }

        for (var i = 0; i < _words.Length; i++)
        {
            var word = command.Words[i];
            var isSame = word.Literal == _words[i] && word.IsTilde == _areTilde[i];
            if (!isSame && !(i == 0 && TrustedFolders.Any(folder => word.Literal == folder + _words[0])))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>True when what is set for the command is what the rule names.</summary>
    public bool CoversAssignment(ShellAssignment assignment) =>
        assignment.Value is not null && _assignments.Any(own => own.Name == assignment.Name && own.Value == assignment.Value);

    /// <summary>Whether the command may be what the rule means, by whatever folder and with whatever options between.</summary>
    public Fit MayBe(PlacedCommand command)
    {
        if (command.IsTest || command.Words.Count == 0)
        {
            return Fit.No;
        }

        var fit = MayBegin(command, 0);
        return fit == Fit.No && command.Program is { } program && !RiskMarks.RunsNoArguments(program) && MayBeInside(command) ? Fit.Maybe : fit;
    }

    private Fit MayBegin(PlacedCommand command, int start)
    {
        if (command.Words[start].Literal is not { } call)
        {
            return Fit.Maybe;
        }

        var name = call[(call.LastIndexOf('/') + 1)..];
        if (call != _words[0] && name != _words[0][(_words[0].LastIndexOf('/') + 1)..])
        {
            return Fit.No;
        }

        var index = start + 1;
        var fit = Fit.Yes;
        for (var i = 1; i < _words.Length; i++)
        {
            // Options may come before, together and in any order.
            var mayBeOption = _words[i].StartsWith('-');
            while (true)
            {
                if (index >= command.Words.Count)
                {
                    return command.IsOpenEnded ? Fit.Maybe : Fit.No;
                }

                if (command.Words[index].Literal is not { } word)
                {
                    return Fit.Maybe;
                }

                if (word == _words[i])
                {
                    index++;
                    break;
                }

                if (mayBeOption && Options.HaveAll(_words[i], command.Words.Skip(index)))
                {
                    break;
                }

                if (!word.StartsWith('-') && fit == Fit.Yes)
                {
                    if (!mayBeOption)
                    {
                        return Fit.No;
                    }

                    // An option may stand behind the names.
                    if (!command.Words.Skip(index).Any(later => later.Literal is null || later.Literal == _words[i]))
                    {
                        return command.IsOpenEnded ? Fit.Maybe : Fit.No;
                    }
                }

                fit = Fit.Maybe;
                index++;
            }
        }

        return fit;
    }

    // A program that is not known may run its arguments, or a text among them.
    private bool MayBeInside(PlacedCommand command)
    {
        for (var i = 1; i < command.Words.Count; i++)
        {
            if (command.Words[i].Literal is not { } text)
            {
                continue;
            }

            if (MayBegin(command, i) != Fit.No || text.Split([' ', '\t', '\n', ';', '&', '|', '(', ')', '`', '\'', '"'], StringSplitOptions.RemoveEmptyEntries).Skip(text.Contains(' ', StringComparison.Ordinal) ? 0 : 1)
                .Any(word => word[(word.LastIndexOf('/') + 1)..] == _words[0]))
            {
                return true;
            }
        }

        return false;
    }
}
