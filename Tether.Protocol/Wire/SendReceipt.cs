namespace Tether.Protocol.Wire;

/// <summary>How far a text that was sent into a session came, in the order of the steps.</summary>
public static class SendReceipt
{
    /// <summary>It waits: for somebody's draft, for another text, or for the answer to a question of the agent.</summary>
    public const string Queued = "queued";

    /// <summary>The text has been typed; the last step when no Enter was asked for.</summary>
    public const string Typed = "typed";

    /// <summary>The screen changed after Enter.</summary>
    public const string Submitted = "submitted";

    /// <summary>The agent went to work.</summary>
    public const string Accepted = "accepted";

    /// <summary>Nothing was typed, or the agent did not take it.</summary>
    public const string Rejected = "rejected";

    /// <summary>Nothing tells whether it arrived.</summary>
    public const string Unconfirmed = "unconfirmed";
}
