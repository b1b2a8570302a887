namespace Tether.Daemon.Agents.Stores;

/// <summary>What a list says of a session, gathered from its records in their order. Owned by the store that reads them.</summary>
internal sealed class SessionSummary
{
    public string Directory { get; set; } = "";

    public string Version { get; set; } = "";

    /// <summary>What the person called it.</summary>
    public string Name { get; set; } = "";

    /// <summary>What the agent calls it.</summary>
    public string AgentsTitle { get; set; } = "";

    public string FirstPrompt { get; private set; } = "";

    public string LastPrompt { get; set; } = "";

    public DateTimeOffset? CreatedAt { get; private set; }

    /// <summary>The time of the newest record.</summary>
    public DateTimeOffset? LastActivity { get; private set; }

    public string? Parent { get; set; }

    /// <summary>Prompts and answers that were seen.</summary>
    public int Messages { get; set; }

    /// <summary>Lines that were no records.</summary>
    public int BadLines { get; set; }

    public int Records { get; set; }

    public string Title => Name.Length > 0 ? Name : AgentsTitle.Length > 0 ? AgentsTitle : FirstPrompt;

    public void Happened(DateTimeOffset? at)
    {
        if (at is { } time)
        {
            CreatedAt ??= time;
            LastActivity = LastActivity is { } last && last > time ? last : time;
        }
    }

    public void Prompted(string text)
    {
        var line = StoreText.OneLine(text);
        if (line.Length > 0)
        {
            FirstPrompt = FirstPrompt.Length > 0 ? FirstPrompt : line;
            LastPrompt = line;
            Messages++;
        }
    }

    public SessionSummary Copy() => (SessionSummary)MemberwiseClone();
}
