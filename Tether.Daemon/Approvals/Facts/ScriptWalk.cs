using Tether.Daemon.Approvals.Shell;

namespace Tether.Daemon.Approvals.Facts;

/// <summary>
/// Goes through a script and lists its simple commands with the folders that each would be run in, those that wrappers, `eval` and `bash -c` run included.
/// Folders are a set: after `cd a; b` it may have failed.
/// </summary>
internal sealed class ScriptWalk
{
    // Sets grow when `cd` fails or not; beyond this nothing is known.
    private const int MostDirectories = 8;

    private readonly ShellLimits _limits;
    private readonly PathResolver _paths;
    private readonly List<PlacedCommand> _commands = [];
    private readonly List<string> _doubts = [];
    private readonly HashSet<string> _functions = [];
    private bool _isPosix;

    private ScriptWalk(PathResolver paths, ShellLimits limits) => (_paths, _limits) = (paths, limits);

    /// <summary>Folders after success, and after whatever came of it; null for any.</summary>
    private readonly record struct Place(IReadOnlyList<string>? Success, IReadOnlyList<string>? Any);

    /// <summary>Reads a text that would be run in a folder.</summary>
    /// <param name="text">As the shell gets it.</param>
    /// <param name="directory">The folder, absolute.</param>
    /// <param name="paths">For the folders it changes to.</param>
    /// <param name="limits">What may be spent on it; null for the usual.</param>
    public static WalkedScript Read(string text, string directory, PathResolver paths, ShellLimits? limits = null)
    {
        var walk = new ScriptWalk(paths, limits ?? new ShellLimits());
        string? unreadable = null;
        try
        {
            walk.WalkText(text, [directory]);
        }
        catch (UnreadableException e)
        {
            unreadable = e.Message;
        }

        return new WalkedScript(walk._commands, unreadable, walk._doubts, walk._functions);
    }

    private Place WalkText(string text, IReadOnlyList<string>? directories)
    {
        var script = ShellScript.Parse(text, _isPosix, _limits);
        foreach (var doubt in script.Doubts)
        {
            Doubt(doubt);
        }

        return script.Root is { } root ? Walk(root, directories, []) : throw new UnreadableException(script.Unreadable!);
    }

    private Place Walk(ShellNode node, IReadOnlyList<string>? directories, IReadOnlyList<string> readsFrom) => node switch
    {
        ShellNode.Simple simple => WalkSimple(simple.Command, directories, readsFrom),
        ShellNode.Sequence sequence => WalkSequence(sequence, directories, readsFrom),
        ShellNode.Pipeline pipeline => WalkPipeline(pipeline, directories, readsFrom),
        ShellNode.Scope scope => WalkScope(scope, directories, readsFrom),
        ShellNode.Choice choice => WalkChoice(choice, directories, readsFrom),
        _ => throw new InvalidOperationException(),
    };

    private Place WalkSequence(ShellNode.Sequence sequence, IReadOnlyList<string>? start, IReadOnlyList<string> readsFrom)
    {
        var any = start;
        var success = start;
        foreach (var step in sequence.Steps)
        {
            var from = step.Join == ShellNode.Join.OnSuccess ? success : any;
            var place = Walk(step.Node, from, readsFrom);
            any = Union(any, place.Any);
            success = step.Join == ShellNode.Join.OnFailure ? any : place.Success;
        }

        return new Place(success, any);
    }

    private Place WalkPipeline(ShellNode.Pipeline pipeline, IReadOnlyList<string>? directories, IReadOnlyList<string> readsFrom)
    {
        var place = new Place(directories, directories);
        for (var i = 0; i < pipeline.Stages.Count; i++)
        {
            var first = _commands.Count;
            place = Walk(pipeline.Stages[i], directories, readsFrom);
            readsFrom = [.. readsFrom, .. _commands.Skip(first).Select(command => command.Program).OfType<string>()];
        }

        // The last stage is the shell itself in zsh.
        var after = Union(directories, place.Any);
        return new Place(after, after);
    }

    private Place WalkScope(ShellNode.Scope scope, IReadOnlyList<string>? directories, IReadOnlyList<string> readsFrom)
    {
        Walk(scope.Body, directories, readsFrom);
        return new Place(directories, directories);
    }

    private Place WalkChoice(ShellNode.Choice choice, IReadOnlyList<string>? directories, IReadOnlyList<string> readsFrom)
    {
        if (choice.Function is { } function)
        {
            _functions.Add(function);
        }

        var start = DirectoryChanges.AreIn(choice) ? null : directories;
        foreach (var body in choice.Bodies)
        {
            Walk(body, start, readsFrom);
        }

        return new Place(start, start);
    }

    private Place WalkSimple(ShellCommand command, IReadOnlyList<string>? directories, IReadOnlyList<string> readsFrom)
    {
        var assignments = command.Assignments.ToList();
        foreach (var word in command.Words.Concat(command.Redirections.Select(redirection => redirection.Target)))
        {
            assignments.AddRange(word.Assigned.Select(name => new ShellAssignment(name, null, [])));
            WalkAll(word.Substitutions, directories);
        }

        foreach (var assignment in command.Assignments)
        {
            WalkAll(assignment.Substitutions, directories);
        }

        return Add(
            new PlacedCommand
            {
                Words = command.Words,
                Source = command.Source,
                Assignments = assignments,
                Redirections = command.Redirections,
                Directories = directories,
                IsTest = command.IsTest,
                ReadsFrom = readsFrom,
            });
    }

    private void WalkAll(IReadOnlyList<ShellNode> substitutions, IReadOnlyList<string>? directories)
    {
        foreach (var substitution in substitutions)
        {
            Walk(substitution, directories, []);
        }
    }

    // Adds the command and what it runs.
    private Place Add(PlacedCommand command)
    {
        _limits.Count();
        var unwrapped = command.IsTest ? Unwrapped.Nothing : Wrappers.Read(command.Words);
        command = command with
        {
            IsTransparent = unwrapped.IsTransparent,
            Assignments = [.. command.Assignments, .. unwrapped.Assignments, .. Builtins.Assignments(command)],
        };
        _commands.Add(command);
        if (Builtins.Doubt(command) is { } doubt)
        {
            Doubt(doubt);
        }

        if (unwrapped.Hidden is { } hidden)
        {
            Doubt(hidden);
        }

        var place = command.Words.Count == 0 || command.IsTest ? new Place(command.Directories, command.Directories) : AfterCommand(command, unwrapped);
        _limits.Enter();
        var inside = unwrapped.IsElsewhere ? null : command.Directories;
        foreach (var (start, count) in unwrapped.Inner.Where(inner => inner.Count > 0))
        {
            Add(Inner(command, unwrapped, start, count) with { Directories = inside });
        }

        foreach (var script in unwrapped.Scripts)
        {
            var outer = _isPosix;
            _isPosix = unwrapped.IsPosix || (unwrapped.IsSameShell && outer);
            var result = WalkText(script, inside);
            _isPosix = outer;
            place = unwrapped.IsSameShell ? new Place(Union(place.Success, result.Success), Union(place.Any, result.Any)) : place;
        }

        foreach (var document in ShellInputs(command))
        {
            WalkText(document, command.Directories);
        }

        _limits.Leave();
        return place;
    }

    private static PlacedCommand Inner(PlacedCommand command, Unwrapped unwrapped, int start, int count)
    {
        var words = command.Words.Skip(start).Take(count).Select(word =>
            unwrapped.Placeholder is { } placeholder && word.Source.Contains(placeholder, StringComparison.Ordinal) ? ShellWord.Unknown(word.Source) : word).ToArray();
        return new PlacedCommand
        {
            Words = words,
            Source = string.Join(' ', words.Select(word => word.Source)),
            Directories = null,
            IsOpenEnded = unwrapped.IsOpenEnded || command.IsOpenEnded,
            Wrapper = command,
            WrapperOffset = start,
            ReadsFrom = command.ReadsFrom,
        };
    }

    // `bash <<EOF`: what the shell reads is its script.
    private IEnumerable<string> ShellInputs(PlacedCommand command)
    {
        if (!Wrappers.IsShell(command.Program) || command.IsTransparent)
        {
            yield break;
        }

        foreach (var redirection in command.Redirections.Where(redirection => redirection.Kind == RedirectionKind.Text))
        {
            if (redirection.Target.Literal is { } text)
            {
                yield return text;
            }
            else
            {
                Doubt("a shell reads a text that is not known");
            }
        }
    }

    private Place AfterCommand(PlacedCommand command, Unwrapped unwrapped)
    {
        var before = command.Directories;
        var words = command.Words;
        while (words.Count > 1 && words[0].Literal is "builtin" or "command" or "noglob" or "nocorrect")
        {
            words = [.. words.Skip(1)];
        }

        if (unwrapped.Hidden is not null && unwrapped.IsSameShell)
        {
            return default;
        }

        if (words[0].Literal is not { } program)
        {
            // It may be cd.
            return default;
        }

        if (_functions.Contains("cd") || program is "source" or "." or "pushd" or "popd")
        {
            return default;
        }

        if (program is not ("cd" or "chdir"))
        {
            return new Place(before, before);
        }

        var success = DirectoryChanges.After(words, before, _paths);
        return new Place(success, Union(before, success));
    }

    private void Doubt(string reason)
    {
        if (!_doubts.Contains(reason))
        {
            _doubts.Add(reason);
        }
    }

    private static IReadOnlyList<string>? Union(IReadOnlyList<string>? left, IReadOnlyList<string>? right)
    {
        if (left is null || right is null || ReferenceEquals(left, right))
        {
            return left is null || right is null ? null : left;
        }

        string[] all = [.. left.Union(right, StringComparer.Ordinal)];
        return all.Length <= MostDirectories ? all : null;
    }
}
