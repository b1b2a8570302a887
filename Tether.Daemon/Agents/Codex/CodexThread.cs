namespace Tether.Daemon.Agents.Codex;

/// <summary>One conversation of a Codex app-server.</summary>
internal sealed class CodexThread(string id)
{
    public string Id { get; } = id;

    /// <summary>One that Codex has with itself, as for a title.</summary>
    public bool IsHidden { get; set; }

    /// <summary>Who works in it for another thread; null for a person's own.</summary>
    public string? SubAgent { get; set; }

    public bool IsActive { get; set; }

    /// <summary>The first of its status' flags, as `waitingOnApproval`; null when it waits for nobody.</summary>
    public string? Waits { get; set; }

    /// <summary>The turn that runs; empty when it began before the thread was followed, null when none does.</summary>
    public string? Turn { get; set; }

    public bool IsWorking => IsActive || Turn is not null;

    /// <summary>Its requests and items come to us.</summary>
    public bool IsFollowed { get; set; }

    /// <summary>It was asked to let us follow.</summary>
    public bool IsBeingFollowed { get; set; }
}
