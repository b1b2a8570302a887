namespace Tether.Protocol.Model;

/// <summary>
/// One rule of the policy. Every member that is there must fit; lists fit when one of their entries does. A rule that allows a command must fit
/// every simple command in it; one that asks or denies, only one.
/// </summary>
public sealed record PolicyRule
{
    /// <summary>For the audit log; unique. Empty: the daemon gives one.</summary>
    public string Id { get; set; } = "";

    public required PolicyVerdict Verdict { get; init; }

    /// <summary>Provider names.</summary>
    public string[] Agents { get; set; } = [];

    /// <summary>Session ids.</summary>
    public string[] Sessions { get; set; } = [];

    /// <summary>Tags of the session.</summary>
    public string[] Tags { get; set; } = [];

    /// <summary>Where it would be done: absolute folders (`~` is allowed), each with all below it.</summary>
    public string[] Directories { get; set; } = [];

    /// <summary>Tools as the agent calls them, whatever the case; `*` at the end stands for any rest.</summary>
    public string[] Tools { get; set; } = [];

    /// <summary>Classes of tools: `command`, `edit`, `read`, `network`, `other`.</summary>
    public ToolClass[] Classes { get; set; } = [];

    /// <summary>The first words of a simple command, word by word: `git status` fits `git status -s`, not `git statusx`.</summary>
    public string[] Commands { get; set; } = [];

    /// <summary>Globs for files: `**` any depth, `*` and `?` within a name; relative ones count from the session's directory.</summary>
    public string[] Paths { get; set; } = [];

    /// <summary>Host names; `*.example.com` for all below.</summary>
    public string[] Hosts { get; set; } = [];

    /// <summary>Times of day, local, as `09:00-18:30`; over midnight is allowed.</summary>
    public string? Hours { get; init; }

    /// <summary>How often it may still decide; null for any number.</summary>
    public int? Uses { get; init; }

    /// <summary>It counts until then; null for ever.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>Why it is there, for people.</summary>
    public string Note { get; set; } = "";

    /// <summary>`policy.json:line`, or who made it where; set by the daemon.</summary>
    public string Origin { get; set; } = "";
}
