using Tether.Daemon.Agents.Claude;
using Tether.Daemon.Agents.Codex;
using Tether.Daemon.Agents.Gemini;
using Tether.Daemon.Agents.OpenCode;
using Tether.Daemon.Agents.Pi;
using Tether.Daemon.Agents.Shell;

namespace Tether.Daemon.Agents;

/// <summary>The agents that are known.</summary>
internal static class AgentKinds
{
    public static IReadOnlyList<AgentKind> All { get; } =
        [new ShellAgent(), new CodexAgent(), new ClaudeAgent(), new OpenCodeAgent(), new PiAgent(), new GeminiAgent()];

    /// <summary>By its name; null for a provider that is none of them.</summary>
    public static AgentKind? Find(string name) => All.FirstOrDefault(kind => kind.Name == name);

    /// <summary>The one that a provider starts: an entry of providers.json counts as the agent whose program it names.</summary>
    public static AgentKind? Of(Provider provider) =>
        Find(provider.Name) is { } named && Path.GetFileName(provider.Program) == named.Provider.Program
            ? named
            : All.FirstOrDefault(kind => !kind.Provider.IsLoginShell && kind.Provider.Program == Path.GetFileName(provider.Program));
}
