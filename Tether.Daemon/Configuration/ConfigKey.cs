namespace Tether.Daemon.Configuration;

/// <summary>Who reads a key.</summary>
internal enum ConfigReadBy
{
    Daemon,

    /// <summary>The client; the daemon only reports what is not allowed.</summary>
    Client,

    /// <summary>Whoever needs it, from the environment alone: it says where the files are, or is for one command.</summary>
    Environment,
}

/// <summary>One key: what it accepts in words, and how a value changes the configuration (null when it may not).</summary>
internal sealed record ConfigKey(string Name, ConfigReadBy ReadBy, string Allowed, Func<TetherConfig, string, TetherConfig?> Apply)
{
    /// <summary>It has no effect in `./.env`: that comes with a directory, which may be somebody else's work.</summary>
    public bool IsPersonal { get; init; }

    /// <summary>Its value is never shown.</summary>
    public bool IsSecret { get; init; }
}
