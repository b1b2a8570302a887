namespace Tether.Daemon.Agents.OpenCode;

/// <summary>What a command line of opencode asks for, as far as it matters here.</summary>
internal sealed record OpenCodeArguments
{
    private static readonly string[] Commands =
    [
        "completion", "acp", "mcp", "attach", "run", "debug", "providers", "auth", "agent", "upgrade", "uninstall", "serve", "web", "models", "stats", "export",
        "import", "github", "pr", "session", "plugin", "plug", "db",
    ];

    private static readonly string[] TakingValue =
    [
        "--log-level", "--port", "--hostname", "--mdns-domain", "--cors", "-m", "--model", "-s", "--session", "--prompt", "--agent", "--replay-limit",
    ];

    // Of one start only: which session it goes on with, and what is submitted at once.
    private static readonly string[] OfOneStart = ["-s", "--session", "-c", "--continue", "--fork", "--prompt"];

    /// <summary>It starts the full-screen interface with a server of its own, and nothing else.</summary>
    public bool IsInterface { get; private init; } = true;

    /// <summary>The port that the person asked for; null when he asked for none.</summary>
    public string? Port { get; private init; }

    public string? HostName { get; private init; }

    /// <summary>The session that is gone on with; null for none, or for whichever was the last.</summary>
    public string? Session { get; private init; }

    /// <summary>The arguments without those that belong to one start only.</summary>
    public string[] Lasting { get; private init; } = [];

    /// <summary>The arguments without the port.</summary>
    public string[] WithoutPort { get; private init; } = [];

    /// <param name="arguments">Without the program's name.</param>
    public static OpenCodeArguments Read(ReadOnlySpan<string> arguments)
    {
        var read = new OpenCodeArguments();
        var (lasting, withoutPort) = (new List<string>(), new List<string>());
        var hasProject = false;
        for (var i = 0; i < arguments.Length; i++)
        {
            var (name, value) = Split(arguments[i]);
            var words = 1;
            if (value is null && TakingValue.Contains(name) && i + 1 < arguments.Length)
            {
                value = arguments[i + 1];
                words = 2;
            }

            read = name switch
            {
                "-h" or "--help" or "-v" or "--version" or "--mini" => read with { IsInterface = false },
                "--port" => read with { Port = value },
                "--hostname" => read with { HostName = value },
                "-s" or "--session" => read with { Session = value },
                _ when !name.StartsWith('-') && !hasProject => read with { IsInterface = read.IsInterface && !Commands.Contains(name) },
                _ => read,
            };
            hasProject |= !name.StartsWith('-');
            if (!OfOneStart.Contains(name))
            {
                lasting.AddRange(arguments.Slice(i, words));
            }

            if (name != "--port")
            {
                withoutPort.AddRange(arguments.Slice(i, words));
            }

            i += words - 1;
        }

        return read with { Lasting = read.IsInterface ? [.. lasting] : [], WithoutPort = [.. withoutPort] };
    }

    private static (string Name, string? Value) Split(string argument) =>
        argument.StartsWith("--", StringComparison.Ordinal) && argument.IndexOf('=', StringComparison.Ordinal) is > 0 and var at
            ? (argument[..at], argument[(at + 1)..])
            : (argument, null);
}
