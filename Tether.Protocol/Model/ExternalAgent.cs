namespace Tether.Protocol.Model;

/// <summary>An agent that is no program of the daemon's: it registered itself over the API, and tells what it does.</summary>
public sealed record ExternalAgent
{
    /// <summary>One line, at most 64 characters.</summary>
    public required string Name { get; init; }

    /// <summary>What kind of agent it calls itself, as `custom`; one word of at most 32 letters, digits, `-` and `_`.</summary>
    public string Type { get; set; } = "custom";

    /// <summary>One grapheme; empty for none.</summary>
    public string Icon { get; set; } = "";

    /// <summary>Where it works, in its own words; never a path of this machine that is opened.</summary>
    public string Workspace { get; set; } = "";
}
