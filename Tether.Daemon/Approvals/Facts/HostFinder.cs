namespace Tether.Daemon.Approvals.Facts;

/// <summary>Finds the hosts that a simple command would reach, by its words.</summary>
internal static class HostFinder
{
    // Programs that always go to the network, and those of their first words that do, where not all of them.
    private static readonly Dictionary<string, string[]> Programs = new(StringComparer.Ordinal)
    {
        ["curl"] = [], ["wget"] = [], ["ssh"] = [], ["scp"] = [], ["sftp"] = [], ["ftp"] = [], ["telnet"] = [], ["nc"] = [], ["ncat"] = [], ["netcat"] = [], ["socat"] = [],
        ["ping"] = [], ["dig"] = [], ["nslookup"] = [], ["host"] = [], ["http"] = [], ["https"] = [], ["xh"] = [], ["aria2c"] = [], ["mosh"] = [], ["nmap"] = [],
        ["rsync"] = ["*"], ["gh"] = [], ["glab"] = [], ["aws"] = [], ["gcloud"] = [], ["az"] = [], ["kubectl"] = [],
        ["git"] = ["clone", "fetch", "pull", "push", "ls-remote", "submodule"],
        ["npm"] = ["install", "i", "ci", "publish", "update", "add", "audit", "view", "login"], ["pnpm"] = ["install", "i", "add", "update", "publish"],
        ["yarn"] = ["install", "add", "upgrade", "publish"], ["bun"] = ["install", "add", "update"], ["npx"] = [], ["bunx"] = [],
        ["pip"] = ["install", "download"], ["pip3"] = ["install", "download"], ["uv"] = ["add", "sync", "pip"], ["pipx"] = ["install", "run"],
        ["cargo"] = ["install", "publish", "update", "add", "fetch"], ["go"] = ["get", "install"], ["gem"] = ["install", "push"], ["dotnet"] = ["restore", "add"],
        ["apt"] = ["install", "update", "upgrade"], ["apt-get"] = ["install", "update", "upgrade"], ["brew"] = ["install", "update", "upgrade"],
        ["docker"] = ["pull", "push", "login", "build"], ["podman"] = ["pull", "push", "login", "build"],
    };

    // Their first argument is a host.
    private static readonly HashSet<string> HostFirst = ["ssh", "ping", "telnet", "nc", "ncat", "netcat", "mosh", "ftp", "sftp", "dig", "nslookup", "host", "nmap", "curl", "wget", "http", "https", "xh"];

    private static readonly HashSet<string> Valued =
    [
        "-o", "-p", "-i", "-l", "-F", "-J", "-L", "-R", "-D", "-b", "-c", "-e", "-m", "-O", "-Q", "-S", "-W", "-w", "-B", "-E", "-I",
        "-X", "-H", "-d", "-u", "-A", "-T", "-x", "--data", "--header", "--request", "--output", "--user", "--data-raw", "--max-time", "--retry", "--proxy", "-C", "-s",
    ];

    // curl's -s takes nothing, nc's does.
    private static readonly HashSet<string> CurlFlags = ["-s", "-S", "-L", "-I", "-O", "-i", "-l", "-p", "-R", "-J"];

    /// <summary>True for what names a place on another machine: a URL or `host:path`.</summary>
    public static bool IsAddress(string word) => HostOf(word) is not null;

    /// <returns>The hosts, whether it goes to the network at all, and whether to where is not known.</returns>
    public static (List<string> Hosts, bool IsNetwork, bool HasUnknown) Find(PlacedCommand command)
    {
        var hosts = new List<string>();
        if (command.IsTest || command.Words.Count == 0)
        {
            return (hosts, false, AddDevices(command, hosts));
        }

        var hasUnknownWord = false;
        foreach (var word in command.Words.Skip(1))
        {
            hasUnknownWord |= word.Literal is null;
            var known = word.Literal ?? word.Beginning;
            AddHost(hosts, HostOf(known));
            if (known.StartsWith('-') && known.IndexOf('=', StringComparison.Ordinal) is > 0 and var equals)
            {
                AddHost(hosts, HostOf(known[(equals + 1)..]));
            }
        }

        var isNetwork = IsNetwork(command);
        if (isNetwork && HostFirst.Contains(command.Program!))
        {
            AddHost(hosts, FirstHost(command));
        }

        var hasUnknownDevice = AddDevices(command, hosts);
        return (hosts, isNetwork || hosts.Count > 0, hasUnknownDevice || ((isNetwork || hosts.Count > 0) && (hosts.Count == 0 || hasUnknownWord || command.IsOpenEnded)));
    }

    // bash's own /dev/tcp/host/port.
    private static bool AddDevices(PlacedCommand command, List<string> hosts)
    {
        foreach (var redirection in command.Redirections)
        {
            var target = redirection.Target.Literal ?? redirection.Target.Beginning;
            if (target.StartsWith("/dev/tcp/", StringComparison.Ordinal) || target.StartsWith("/dev/udp/", StringComparison.Ordinal))
            {
                AddHost(hosts, target.Split('/').ElementAtOrDefault(3));
                return redirection.Target.Literal is null;
            }
        }

        return false;
    }

    private static bool IsNetwork(PlacedCommand command)
    {
        if (command.Program is not { } program || !Programs.TryGetValue(program, out var subcommands))
        {
            return false;
        }

        return subcommands switch
        {
            [] => true,
            ["*"] => false,
            _ => command.Words.Skip(1).Any(word => word.Literal is null || subcommands.Contains(word.Literal)),
        };
    }

    private static string? FirstHost(PlacedCommand command)
    {
        for (var i = 1; i < command.Words.Count; i++)
        {
            if (command.Words[i].Literal is not { } text)
            {
                return null;
            }

            if (!text.StartsWith('-'))
            {
                return HostOf(text) is null ? Clean(text) : null;
            }

            i += Valued.Contains(text) && !(command.Program is "curl" or "wget" && CurlFlags.Contains(text)) ? 1 : 0;
        }

        return null;
    }

    private static string? HostOf(string word)
    {
        var scheme = word.IndexOf("://", StringComparison.Ordinal);
        if (scheme > 0 && word[..scheme].All(c => char.IsAsciiLetterOrDigit(c) || c is '+' or '-' or '.'))
        {
            return word.StartsWith("file:", StringComparison.OrdinalIgnoreCase) ? null : Clean(word[(scheme + 3)..]);
        }

        // user@host:path, host:path; no drive letters, and not the :tag of an image.
        var colon = word.IndexOf(':', StringComparison.Ordinal);
        var at = word.IndexOf('@', StringComparison.Ordinal);
        return at > 0 && colon > at + 1 && !word[..colon].Contains('/', StringComparison.Ordinal) ? Clean(word[(at + 1)..colon])
            : colon > 1 && at < 0 && word[..colon].Contains('.', StringComparison.Ordinal) && !word[..colon].Contains('/', StringComparison.Ordinal) && IsHostName(word[..colon]) ? Clean(word[..colon])
            : null;
    }

    private static string? Clean(string text)
    {
        var authority = text.Split('/', '?', '#', '\\')[0];
        authority = authority[(authority.LastIndexOf('@') + 1)..];
        var name = authority.StartsWith('[') ? authority[..(authority.IndexOf(']', StringComparison.Ordinal) + 1)] : authority.Split(':')[0];
        name = name.ToLowerInvariant().TrimEnd('.');
        return name.StartsWith('[') || IsHostName(name) ? name : null;
    }

    private static bool IsHostName(string name) => name.Length is > 0 and < 254 && name.All(c => char.IsLetterOrDigit(c) || c is '-' or '.' or '_');

    private static void AddHost(List<string> hosts, string? host)
    {
        if (!string.IsNullOrEmpty(host) && !hosts.Contains(host))
        {
            hosts.Add(host);
        }
    }
}
