using System.Collections;
using System.Reflection;

namespace Tether.Daemon.Agents;

/// <summary>What a session's program finds in its environment.</summary>
internal static class SessionEnvironment
{
    private static readonly string Version = typeof(SessionEnvironment).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion;

    /// <param name="callerEnvironment">The local client's own as `KEY=value`; null for a remote one, whose session gets an allow-list of the daemon's.</param>
    /// <param name="sessionId">Becomes TETHER_SESSION.</param>
    public static string[] Build(string[]? callerEnvironment, string sessionId) =>
        callerEnvironment is null ? Build(DaemonsOwn(), sessionId, isCallers: false) : Build(callerEnvironment, sessionId, isCallers: true);

    /// <summary>The value of a variable in a list of `KEY=value`; null when it is not set.</summary>
    public static string? Get(string[] environment, string name)
    {
        foreach (var entry in environment)
        {
            if (entry.Length > name.Length && entry[name.Length] == '=' && entry.StartsWith(name, StringComparison.Ordinal))
            {
                return entry[(name.Length + 1)..];
            }
        }

        return null;
    }

    internal static string[] Build(IEnumerable<string> source, string sessionId, bool isCallers)
    {
        var result = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var entry in source)
        {
            // The person's own token would let an agent do all that he may.
            // What is no KEY=value cannot be looked up by any program; the first of two counts, as getenv has it.
            var equals = entry.IndexOf('=', StringComparison.Ordinal);
            if (equals > 0 && !entry.Contains('\0', StringComparison.Ordinal)
                && entry[..equals] is var name && name != "TETHER_AGENT_TOKEN" && (isCallers || EnvironmentAllowList.Allows(name)) && !OuterTerminal.Describes(name))
            {
                result.TryAdd(name, entry);
            }
        }

        Set("TERM", "xterm-256color");
        Set("COLORTERM", "truecolor");
        Set("TETHER_SESSION", sessionId);

        // Without it a program guesses at the outer terminal from whatever else it finds; a name it does not know makes it ask (DA, XTVERSION),
        // and Tether answers.
        Set("TERM_PROGRAM", "tether");
        Set("TERM_PROGRAM_VERSION", Version);
        return [.. result.Values];

        void Set(string name, string value) => result[name] = $"{name}={value}";
    }

    private static List<string> DaemonsOwn()
    {
        var own = new List<string>();
        foreach (DictionaryEntry pair in Environment.GetEnvironmentVariables())
        {
            own.Add($"{pair.Key}={pair.Value}");
        }

        return own;
    }
}
