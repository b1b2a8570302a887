using System.Collections;
using Tether.Protocol.Model;
using Tether.Tui.Native;

namespace Tether.Tui.Connection;

/// <summary>What the client takes from its own environment.</summary>
internal static class ClientEnvironment
{
    /// <summary>Set by the daemon inside every session.</summary>
    public const string SessionVariable = "TETHER_SESSION";

    private static readonly Lazy<TetherPaths> LazyPaths = new(() => TetherPaths.From(Environment.GetEnvironmentVariable, LibC.getuid(), RuntimeNote.Read));

    public static TetherPaths Paths => LazyPaths.Value;

    /// <summary>The session this client runs in; null outside.</summary>
    public static string? CurrentSession => Environment.GetEnvironmentVariable(SessionVariable) is { Length: > 0 } id ? id : null;

    /// <summary>How many files the shell that started this program lets one open; 0 when that cannot be known.</summary>
    /// <remarks>Not this program's own limit: .NET has raised that to the hard one before any of our code ran.</remarks>
    public static int FileLimit()
    {
        const string Label = "Max open files";
        try
        {
            var limits = File.ReadAllText($"/proc/{LibC.getppid()}/limits");
            var label = limits.IndexOf(Label, StringComparison.Ordinal);
            if (label >= 0)
            {
                var rest = limits.AsSpan(label + Label.Length).TrimStart();
                return int.TryParse(rest[..Math.Max(0, rest.IndexOf(' '))], out var limit) ? limit : 0;
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // macOS, or a parent that is gone or somebody else's.
        }

        return 0;
    }

    /// <summary>This program's umask, which is the shell's. It can only be read by setting it.</summary>
    public static int FileModeMask()
    {
        var mask = LibC.umask(0x1ff);
        _ = LibC.umask(mask);
        return mask;
    }

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
