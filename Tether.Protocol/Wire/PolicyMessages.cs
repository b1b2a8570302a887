using Tether.Protocol.Model;

namespace Tether.Protocol.Wire;

/// <summary>All rules, those of policy.json and those that the queue added.</summary>
public sealed record RulesRequest : Request;

/// <summary>Rules in the order in which they are looked at.</summary>
public sealed record RulesReply : Reply
{
    public required PolicyRule[] Rules { get; init; }

    /// <summary>What was not understood in policy.json, as `file:line: what, what is allowed`.</summary>
    public string[] Warnings { get; set; } = [];
}

/// <summary>Add a rule to those that the queue keeps. Its id is given by the daemon. Answered with <see cref="RulesReply"/> of the one rule.</summary>
public sealed record AddRuleRequest : Request
{
    public required PolicyRule Rule { get; init; }
}

/// <summary>Remove a rule that the queue or a person added; those of policy.json are removed there.</summary>
public sealed record RemoveRuleRequest : Request
{
    public required string Rule { get; init; }
}

/// <summary>What would a rule have done to the requests that are recorded?</summary>
public sealed record RehearseRequest : Request
{
    public required PolicyRule Rule { get; init; }
}

/// <summary>What it would have done.</summary>
public sealed record RehearseReply : Reply
{
    /// <summary>How many requests are recorded, and how many of them the rule fits.</summary>
    public required int Requests { get; init; }

    public required int Fits { get; init; }

    /// <summary>Of those that fit: what people had answered.</summary>
    public required int Allowed { get; init; }

    public required int Denied { get; init; }

    /// <summary>Those where it would have decided otherwise than the person did, newest first, at most 100.</summary>
    public required AuditEntry[] Against { get; init; }
}

/// <summary>Which rules would have spared the person the most questions without ever deciding against him?</summary>
public sealed record SuggestRequest : Request;

/// <summary>Best first.</summary>
public sealed record SuggestReply : Reply
{
    public required SuggestedRule[] Suggestions { get; init; }
}

/// <summary>A rule and what speaks for it.</summary>
public sealed record SuggestedRule
{
    public required PolicyRule Rule { get; init; }

    /// <summary>As `you allowed this 14 times in ~/api, and never denied it`.</summary>
    public required string Why { get; init; }

    public required int Allowed { get; init; }
}

/// <summary>The audit log: every decision, automatic or human.</summary>
public sealed record AuditRequest : Request
{
    public string? Session { get; init; }

    public DateTimeOffset? Since { get; init; }

    /// <summary>The newest so many: 1–1000.</summary>
    public int Limit { get; set; } = 100;

    /// <summary>Check the chain of hashes of the whole log.</summary>
    public bool Verify { get; init; }
}

/// <summary>Oldest first.</summary>
public sealed record AuditReply : Reply
{
    public required AuditEntry[] Entries { get; init; }

    /// <summary>How many entries the log has; with <see cref="AuditRequest.Verify"/>: that were checked.</summary>
    public long Count { get; init; }

    /// <summary>Where the chain is broken and how; null when it is whole or was not checked.</summary>
    public string? Broken { get; init; }

    public string File { get; set; } = "";
}
