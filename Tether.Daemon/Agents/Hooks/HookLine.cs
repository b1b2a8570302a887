namespace Tether.Daemon.Agents.Hooks;

/// <summary>The command line by which an agent runs `tether hook`. Agents give it to a shell, which may be any.</summary>
internal static class HookLine
{
    /// <param name="tether">Absolute path of the client.</param>
    /// <param name="agent">The name that the hook brings.</param>
    /// <param name="asks">It waits for an answer.</param>
    /// <param name="environment">Of the agent; where it lacks what the client needs to find .NET, the line says it.</param>
    public static string For(string tether, string agent, bool asks, string[] environment)
    {
        const string DotNet = "DOTNET_ROOT";
        var own = Environment.GetEnvironmentVariable(DotNet);
        var prefix = own is { Length: > 0 } && SessionEnvironment.Get(environment, DotNet) is null ? $"env {ShellWord.Quote($"{DotNet}={own}")} " : "";
        return $"{prefix}{ShellWord.Quote(tether)} hook {agent}{(asks ? " --asks" : "")}";
    }
}
