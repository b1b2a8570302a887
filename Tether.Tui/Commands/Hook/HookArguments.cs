namespace Tether.Tui.Commands.Hook;

/// <summary>What `tether hook` was told, divided by hand: the command-line library would double its start.</summary>
internal sealed record HookArguments
{
    public required string Agent { get; init; }

    /// <summary>It brings a question and waits for the answer, however long that takes.</summary>
    public bool Asks { get; init; }

    public bool IsVerbose { get; init; }

    /// <summary>Null when the words are not understood, or ask for help.</summary>
    public static HookArguments? Parse(string[] words)
    {
        if (words.Length == 0 || words[0].StartsWith('-'))
        {
            return null;
        }

        var arguments = new HookArguments { Agent = words[0] };
        for (var i = 1; i < words.Length; i++)
        {
            switch (words[i])
            {
                case "--asks": arguments = arguments with { Asks = true }; break;
                case "--verbose": arguments = arguments with { IsVerbose = true }; break;
                default: return null;
            }
        }

        return arguments;
    }
}
