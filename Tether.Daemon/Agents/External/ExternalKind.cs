namespace Tether.Daemon.Agents.External;

/// <summary>An agent that is no program: it registered over the API, and tells there what it is up to. Its screen says nothing beyond that.</summary>
internal sealed class ExternalKind : AgentKind
{
    /// <summary>What sessions of such agents have in the place of a provider's name.</summary>
    public const string KindName = "external";

    public static ExternalKind Instance { get; } = new();

    /// <summary>Not in the white-list: there is nothing to start.</summary>
    public override Provider Provider { get; } = new() { Name = KindName, Program = KindName, Description = "an agent that registered over the API" };
}
