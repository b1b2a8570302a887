using System.Collections;
using Tether.Protocol.Model;
using Tether.Tui.Native;

namespace Tether.Tui.Connection;

/// <summary>What the client takes from its own environment.</summary>
internal static class ClientEnvironment
{
    /// <summary>Set by the daemon inside every session.</summary>
    public const string SessionVariable = "TETHER_SESSION";

    private static readonly Lazy<TetherPaths> LazyPaths = new(() => TetherPaths.From(Environment.GetEnvironmentVariable, LibC.getuid()));

    public static TetherPaths Paths => LazyPaths.Value;

    /// <summary>The session this client runs in; null outside.</summary>
    public static string? CurrentSession => Environment.GetEnvironmentVariable(SessionVariable) is { Length: > 0 } id ? id : null;

    /// <summary>Everything, as `KEY=value`.</summary>
    public static string[] All(params ReadOnlySpan<string> without)
    {
        var variables = new List<string>();
        foreach (DictionaryEntry entry in Environment.GetEnvironmentVariables())
        {
            var name = (string)entry.Key;
            if (!without.Contains(name))
            {
                variables.Add($"{name}={entry.Value}");
            }
        }

        return [.. variables];
    }
}
