using Tether.Daemon.Approvals.Facts;

namespace Tether.Daemon.Approvals.Policy;

/// <summary>What is allowed only by a rule that names it.</summary>
internal static class Guards
{
    private static readonly HashSet<string> Named = ["sudo", "su", "doas", "pkexec", "runuser", "machinectl", "tether", "tetherd"];

    /// <summary>Another user's rights, and the commands that answer for people: a rule without commands never allows them.</summary>
    public static bool NeedsItsName(PlacedCommand command) => command.Program is { } program && Named.Contains(program);

    /// <summary>A rule without paths never allows them.</summary>
    public static bool IsSecret(PartPath path) => SecretFiles.IsSecret(path.Lexical) || SecretFiles.IsSecret(path.Real ?? "");

    /// <summary>A rule whose commands do not name them never allows by what an agent could answer itself.</summary>
    public static bool Names(CompiledRule rule, IReadOnlyList<ControlWay> controls) =>
        controls.All(control => Array.Exists(rule.Rule.Commands, command => command.Contains(control.Name, StringComparison.Ordinal)));

    /// <summary>Commands that only say where later ones are run, or nothing at all; and assignments and redirections without a command.</summary>
    public static bool DoesNothing(PlacedCommand command) => command.Words.Count == 0
        || command.Call is "true" or "false" or ":"
        || (command.Call == "cd" && command.Wrapper is null && command.Words.All(word => word.Literal is not null));
}
