using Tether.Protocol.Model;

namespace Tether.Daemon.Server;

/// <summary>What a daemon says about itself.</summary>
internal sealed record DaemonFacts
{
    public required string Version { get; init; }

    public required DateTimeOffset StartedAt { get; init; }

    public required TetherPaths Paths { get; init; }

    public required Func<int> KeeperProcessId { get; init; }

    /// <inheritdoc cref="Protocol.Wire.StatusReply.Api"/>
    public required Func<string?> Api { get; init; }

    /// <summary>Configuration and provider lines that were not understood.</summary>
    public required Func<IEnumerable<string>> Warnings { get; init; }
}
