namespace Tether.Daemon.Agents.Pi;

/// <summary>What a command line of pi asks for, as far as it matters here.</summary>
internal sealed record PiArguments
{
    private static readonly string[] Commands = ["install", "remove", "uninstall", "update", "list", "config", "auth", "mcp"];

    private static readonly string[] WithoutInterface = ["-p", "--print", "--mode", "--export", "--list-models", "-h", "--help", "-v", "--version"];

    private static readonly string[] TakingValue =
    [
        "--provider", "--model", "--api-key", "--system-prompt", "--append-system-prompt", "--mode", "--session", "--session-id", "--fork", "--session-dir",
        "--name", "-n", "--models", "--tools", "-t", "--exclude-tools", "-xt", "--thinking", "--extension", "-e", "--skill", "--prompt-template", "--theme",
        "--use-theme", "--export", "--tui-mode",
    ];

    private static readonly string[] Switches =
    [
        "--continue", "-c", "--resume", "-r", "--no-session", "--no-tools", "-nt", "--no-builtin-tools", "-nbt", "--no-extensions", "-ne", "--no-mcp", "--no-skills",
        "-ns", "--no-prompt-templates", "-np", "--no-themes", "--no-context-files", "-nc", "--verbose", "--approve", "-a", "--no-approve", "-na", "--offline",
    ];

    // Of one start only: which session it goes on with.
    private static readonly string[] OfOneStart =
        ["--session", "--session-id", "--fork", "--continue", "-c", "--resume", "-r", "--no-session", "--name", "-n"];

    /// <summary>It starts the interface, and nothing else.</summary>
    public bool IsInterface { get; private init; } = true;

    /// <summary>The options, without those that belong to one start only, and without what is submitted at once.</summary>
    public string[] Lasting { get; private init; } = [];

    /// <param name="arguments">Without the program's name.</param>
    public static PiArguments Read(ReadOnlySpan<string> arguments)
    {
        if (arguments.Length > 0 && Commands.Contains(arguments[0]))
        {
            return new PiArguments { IsInterface = false };
        }

        var isInterface = true;
        var lasting = new List<string>();
        for (var i = 0; i < arguments.Length && arguments[i] != "--"; i++)
        {
            var argument = arguments[i];
            isInterface &= !WithoutInterface.Contains(argument.Split('=')[0]);
            if (!argument.StartsWith('-'))
            {
                continue;
            }

            var words = TakesNext(argument, i + 1 < arguments.Length ? arguments[i + 1] : null) ? 2 : 1;
            if (!OfOneStart.Contains(argument))
            {
                lasting.AddRange(arguments.Slice(i, words));
            }

            i += words - 1;
        }

        return new PiArguments { IsInterface = isInterface, Lasting = isInterface ? [.. lasting] : [] };
    }

    // An option that is not known here is an extension's: pi takes what follows for its value, unless it looks like an option or a file.
    private static bool TakesNext(string option, string? next) => next is not null
        && (TakingValue.Contains(option)
            || (option.StartsWith("--", StringComparison.Ordinal) && !option.Contains('=', StringComparison.Ordinal) && !Switches.Contains(option)
                && !next.StartsWith('-') && !next.StartsWith('@')));
}
