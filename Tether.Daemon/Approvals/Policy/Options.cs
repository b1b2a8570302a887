using Tether.Daemon.Approvals.Shell;

namespace Tether.Daemon.Approvals.Policy;

/// <summary>Options that mean the same: `-rf`, `-f -r`, `--recursive --force`.</summary>
internal static class Options
{
    /// <summary>True when all letters of a short option are among those of the words, in whatever order.</summary>
    public static bool HaveAll(string option, IEnumerable<ShellWord> words)
    {
        if (option is not ['-', not '-', ..])
        {
            return words.Any(word => word.Literal is { } text && text.StartsWith(option + "=", StringComparison.Ordinal));
        }

        var letters = new HashSet<char>();
        foreach (var text in words.Select(word => word.Literal).OfType<string>())
        {
            if (text.StartsWith("--", StringComparison.Ordinal) && text.Length > 2)
            {
                letters.Add(text[2]);
            }
            else if (text.StartsWith('-'))
            {
                letters.UnionWith(text[1..]);
            }
        }

        return option[1..].All(letter => letters.Contains(letter) || letters.Contains(char.IsUpper(letter) ? char.ToLowerInvariant(letter) : char.ToUpperInvariant(letter)));
    }
}
