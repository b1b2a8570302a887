namespace Tether.Daemon.Agents.Codex;

/// <summary>The person's arguments to `codex`, divided as its help says (0.169).</summary>
internal sealed class CodexArguments
{
    private static readonly string[] Subcommands =
    [
        "a", "agents", "app", "app-server", "apply", "archive", "cloud", "cloud-tasks", "completion", "debug", "delete", "doctor", "e", "exec", "exec-server", "features",
        "help", "login", "logout", "mcp", "mcp-server", "migrate-nfs-db", "migrate-rollouts", "plugin", "queue", "remote-control", "responses-api-proxy", "review", "sandbox",
        "stdio-to-uds", "unarchive", "update", "upgrade",
    ];

    private static readonly string[] SessionCommands = ["resume", "fork"];

    private static readonly string[] WithValue =
    [
        "-c", "--config", "--enable", "--disable", "--remote", "--remote-auth-token-env", "-i", "--image", "-m", "--model", "--local-provider", "-p", "--profile", "-s",
        "--sandbox", "-C", "--cd", "--add-dir", "-a", "--ask-for-approval",
    ];

    // What belongs to one start: pictures for its prompt, and which session it was to go on with.
    private static readonly string[] OfOneStart = ["-i", "--image", "--last", "--all", "--include-non-interactive", "--worktree"];

    // What its server is told too: settings of the whole process, not of one conversation.
    private static readonly string[] OfServerToo = ["-c", "--config", "--enable", "--disable", "--strict-config"];

    // What means the same for an interface that is connected to a server. It refuses --add-dir, --no-daemon and --worktree, and of a profile the server knows nothing.
    private static readonly string[] Remotely =
    [
        .. OfServerToo, "-m", "--model", "-s", "--sandbox", "-a", "--ask-for-approval", "-C", "--cd", "--search", "-i", "--image", "--no-alt-screen", "--approve-for-me",
    ];

    private readonly List<string[]> _options = [];

    /// <param name="arguments">Without argv[0].</param>
    public CodexArguments(string[] arguments)
    {
        var words = new List<string>();
        for (var i = 0; i < arguments.Length; i++)
        {
            if (arguments[i] == "--")
            {
                words.AddRange(arguments[(i + 1)..]);
                break;
            }

            if (!arguments[i].StartsWith('-') || arguments[i] == "-")
            {
                words.Add(arguments[i]);
                continue;
            }

            var takesNext = WithValue.Contains(arguments[i]) && i + 1 < arguments.Length;
            _options.Add(takesNext ? [arguments[i], arguments[i + 1]] : [arguments[i]]);
            i += takesNext ? 1 : 0;
        }

        Command = words.Count > 0 && (Subcommands.Contains(words[0]) || SessionCommands.Contains(words[0])) ? words[0] : null;
        IsInteractive = (Command is null || SessionCommands.Contains(Command)) && !Has("-h", "--help", "-V", "--version");
    }

    /// <summary>The subcommand; null for a new session.</summary>
    public string? Command { get; }

    public bool IsInteractive { get; }

    /// <summary>The person has a server of his own for it.</summary>
    public bool IsRemote => Has("--remote");

    /// <summary>The same comes of it when the interface is connected to a server of ours.</summary>
    public bool CanBeRemote => IsInteractive && !IsRemote && _options.TrueForAll(option => Remotely.Contains(NameOf(option[0])));

    /// <summary>The options that such a server is to be given.</summary>
    public string[] OfServer => [.. _options.Where(option => OfServerToo.Contains(NameOf(option[0]))).SelectMany(option => option)];

    /// <summary>The arguments that go on with a session as it was started: without the prompt, which would be sent a second time.</summary>
    public string[] Resume(string session) =>
        ["resume", session, .. _options.Where(option => !OfOneStart.Contains(NameOf(option[0]))).SelectMany(option => option)];

    private bool Has(params ReadOnlySpan<string> names)
    {
        foreach (var option in _options)
        {
            if (names.Contains(NameOf(option[0])))
            {
                return true;
            }
        }

        return false;
    }

    private static string NameOf(string option) => option.StartsWith("--", StringComparison.Ordinal) ? option.Split('=', 2)[0] : option;
}
