namespace Tether.Daemon.Server.Api.Outside;

/// <summary>The earlier product's names for ways to run an agent.</summary>
internal static class RunnerNames
{
    private static readonly string[] Agents = ["claude", "codex", "opencode", "pi", "gemini"];

    /// <summary>The agent that `claude_auto`, `codex_sdk_sidecar` and the like mean; what is none of them is left as it is.</summary>
    public static string AgentOf(string runner) => Array.Find(Agents, agent => runner.StartsWith(agent, StringComparison.Ordinal)) ?? runner;
}
