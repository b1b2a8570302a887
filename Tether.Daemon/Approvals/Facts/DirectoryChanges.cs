using Tether.Daemon.Approvals.Shell;

namespace Tether.Daemon.Approvals.Facts;

/// <summary>Where `cd` leads.</summary>
internal static class DirectoryChanges
{
    /// <summary>The folders after it has succeeded; null when they are not known.</summary>
    /// <param name="words">`cd` and its arguments.</param>
    /// <param name="before">The folders before; null when they are not known.</param>
    /// <param name="paths">Resolves links.</param>
    public static IReadOnlyList<string>? After(IReadOnlyList<ShellWord> words, IReadOnlyList<string>? before, PathResolver paths)
    {
        var arguments = words.Skip(1).SkipWhile(word => word.Literal is "-P" or "-L" or "-e" or "--").ToArray();
        if (arguments.Length == 0)
        {
            return [paths.Home];
        }

        if (arguments.Length > 1 || arguments[0].Literal is not { } target || target is "" or "-" || (target.StartsWith('-') && !target.Contains('/', StringComparison.Ordinal)))
        {
            return null;
        }

        var results = new HashSet<string>(StringComparer.Ordinal);
        foreach (var directory in before ?? (Path.IsPathRooted(target) || arguments[0].IsTilde ? ["/"] : []))
        {
            // `cd link/..` leads back by the text, and elsewhere by `-P`.
            results.Add(paths.Lexical(directory, target, arguments[0].IsTilde));
            if (paths.Real(directory, target, arguments[0].IsTilde) is not { } real)
            {
                return null;
            }

            if (target.Contains("..", StringComparison.Ordinal))
            {
                results.Add(real);
            }
        }

        return results.Count > 0 ? [.. results] : null;
    }

    /// <summary>True when anything in it may change the folder of what comes after.</summary>
    public static bool AreIn(ShellNode node) => node switch
    {
        ShellNode.Simple simple => MayChange(simple.Command.Words),
        ShellNode.Sequence sequence => sequence.Steps.Any(step => AreIn(step.Node)),
        ShellNode.Pipeline pipeline => pipeline.Stages.Any(AreIn),
        ShellNode.Choice choice => choice.Function is "cd" or "pushd" or "popd" || choice.Bodies.Any(AreIn),
        _ => false,
    };

    private static bool MayChange(IReadOnlyList<ShellWord> words) => words.Count > 0
        && words[0].Literal is null or "cd" or "chdir" or "pushd" or "popd" or "eval" or "source" or "." or "builtin" or "command" or "trap";
}
