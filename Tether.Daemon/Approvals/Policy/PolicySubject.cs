using Tether.Protocol.Model;

namespace Tether.Daemon.Approvals.Policy;

/// <summary>Who asks.</summary>
internal sealed record PolicySubject
{
    public required string Session { get; init; }

    /// <summary>The provider's name.</summary>
    public required string Agent { get; init; }

    /// <summary>The session's own directory, absolute.</summary>
    public required string Directory { get; init; }

    public IReadOnlyList<string> Tags { get; init; } = [];

    public ApprovalMode Mode { get; init; }

    /// <summary>Where its agent serves its protocol; null when it serves none, or is not running any more.</summary>
    public string? Endpoint { get; init; }

    public static PolicySubject Of(SessionRecord session, string? endpoint = null) => new()
    {
        Session = session.Id,
        Agent = session.Provider,
        Directory = session.Directory,
        Tags = session.Tags,
        Mode = session.Approval,
        Endpoint = endpoint,
    };
}
