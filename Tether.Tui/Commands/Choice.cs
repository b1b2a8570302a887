using System.CommandLine;
using System.CommandLine.Parsing;

namespace Tether.Tui.Commands;

/// <summary>Options and arguments that take one of a few words; completion offers them.</summary>
internal static class Choice
{
    public static void AcceptOnly(this Option<string> option, params string[] words)
    {
        option.CompletionSources.Add(words);
        option.Validators.Add(result => Check(result, result.Tokens, $"{option.Name} ", words));
    }

    public static void AcceptOnly(this Argument<string> argument, params string[] words)
    {
        argument.CompletionSources.Add(words);
        argument.Validators.Add(result => Check(result, result.Tokens, "", words));
    }

    private static void Check(SymbolResult result, IReadOnlyList<Token> given, string before, string[] words)
    {
        foreach (var token in given.Where(token => !words.Contains(token.Value)))
        {
            result.AddError($"{before}{token.Value}: allowed are {string.Join(", ", words[..^1])} and {words[^1]}");
        }
    }
}
