namespace Tether.Daemon.Agents.Claude;

/// <summary>What the person's arguments to `claude` say about the session. Only long and single-letter options count, and nothing behind `--`.</summary>
internal sealed class ClaudeArguments
{
    // A first word that is one of these is no prompt.
    private static readonly string[] Subcommands =
    [
        "agents", "attach", "auth", "auto-mode", "config", "doctor", "gateway", "import", "install", "kill", "logs", "mcp", "plugin", "plugins", "purge", "remote-control",
        "respawn", "rm", "setup-token", "stop", "ultrareview", "update", "upgrade",
    ];

    // With these it does not talk to a person in this terminal.
    private static readonly string[] NotInteractive = ["-p", "--print", "-h", "--help", "-v", "--version", "--bg", "--background", "--desktop", "--cloud"];

    private static readonly string[] SessionChoices = ["--session-id", "-r", "--resume", "-c", "--continue", "--from-pr", "--teleport", "--fork-session"];

    private readonly string[] _options;

    /// <param name="arguments">Without argv[0].</param>
    public ClaudeArguments(string[] arguments)
    {
        var end = Array.IndexOf(arguments, "--");
        _options = end < 0 ? arguments : arguments[..end];
        IsInteractive = !(arguments.Length > 0 && Subcommands.Contains(arguments[0])) && !_options.Any(option => NotInteractive.Contains(NameOf(option)));
        ChoosesSession = _options.Any(option => SessionChoices.Contains(NameOf(option)));
    }

    public bool IsInteractive { get; }

    /// <summary>The person named a session, or one to go on with.</summary>
    public bool ChoosesSession { get; }

    /// <summary>Where the value of the last `--settings` is, and the value; null when there is none.</summary>
    public (int At, int Length, string Value)? Settings()
    {
        for (var i = _options.Length - 1; i >= 0; i--)
        {
            const string Name = "--settings";
            if (_options[i] == Name && i + 1 < _options.Length)
            {
                return (i, 2, _options[i + 1]);
            }

            if (_options[i].StartsWith(Name + "=", StringComparison.Ordinal))
            {
                return (i, 1, _options[i][(Name.Length + 1)..]);
            }
        }

        return null;
    }

    /// <summary>The arguments that start the same again with another session: without the prompt, which would be sent a second time.</summary>
    /// <param name="arguments">Without argv[0].</param>
    /// <param name="session">To resume.</param>
    public static string[] Resume(string[] arguments, string session)
    {
        var kept = new List<string>();
        for (var i = 0; i < arguments.Length && arguments[i] != "--"; i++)
        {
            var name = NameOf(arguments[i]);
            if (!arguments[i].StartsWith('-'))
            {
                continue;
            }

            var isOurs = SessionChoices.Contains(name);
            var values = arguments[i].Contains('=', StringComparison.Ordinal) ? 0 : ClaudeOptions.ValuesOf(name, arguments.AsSpan(i + 1));
            if (!isOurs)
            {
                kept.AddRange(arguments[i..(i + 1 + values)]);
            }

            i += values;
        }

        return ["--resume", session, .. kept];
    }

    private static string NameOf(string option) => option.StartsWith("--", StringComparison.Ordinal) ? option.Split('=', 2)[0] : option;
}
