namespace Tether.Daemon.Sessions;

/// <summary>A text that is to be typed into a session by somebody who does not sit in front of it.</summary>
internal sealed record Send
{
    /// <summary>How long a text waits where nobody said.</summary>
    public static readonly TimeSpan UsualPatience = TimeSpan.FromSeconds(60);

    public required string Text { get; init; }

    /// <summary>Press Enter behind it.</summary>
    public bool Enter { get; init; }

    /// <summary>Join what stands there already, instead of waiting until it is gone.</summary>
    public bool Append { get; init; }

    /// <summary>How long it may wait for its turn; zero: not at all.</summary>
    public TimeSpan Patience { get; init; } = UsualPatience;

    /// <summary>Watch the agent's state after Enter too, and report what came of it.</summary>
    public bool Follow { get; init; }

    /// <summary>False once nobody wants it any more: then it is dropped, if it has not been typed.</summary>
    public Func<bool> IsWanted { get; init; } = () => true;

    /// <summary>Hears of each step, on the session's thread, and of nothing behind the last.</summary>
    public required Action<SendStep> Report { get; init; }
}

/// <summary>How far a text came.</summary>
/// <param name="Receipt">One of <see cref="Tether.Protocol.Wire.SendReceipt"/>.</param>
/// <param name="Reason">Why, for people; null where the receipt says it all.</param>
/// <param name="IsLast">Nothing more is told.</param>
/// <param name="Code">An error code, where the daemon refuses to go on; else null.</param>
internal readonly record struct SendStep(string Receipt, string? Reason = null, bool IsLast = false, string? Code = null);
