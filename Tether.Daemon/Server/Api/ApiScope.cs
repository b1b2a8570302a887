namespace Tether.Daemon.Server.Api;

/// <summary>What a token is good for. Each is given by name; <see cref="Admin"/> holds all others.</summary>
[Flags]
internal enum ApiScope
{
    /// <summary>Anybody, without a token.</summary>
    None = 0,

    /// <summary>Read: lists, screens, histories, events, the queue.</summary>
    Observe = 1,

    /// <summary>Start, type (but no keys while an agent asks: those answer it), interrupt, rename, stop; speak as an external agent.</summary>
    Input = 2,

    /// <summary>Answer what needs a human, and change approval modes (but never to bypass).</summary>
    Approve = 4,

    /// <summary>Everything, and alone: tokens, rules, webhooks, deleting, bypass.</summary>
    Admin = 8,
}
