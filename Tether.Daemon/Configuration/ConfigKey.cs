namespace Tether.Daemon.Configuration;

/// <summary>Who reads a key.</summary>
internal enum ConfigReadBy
{
    Daemon,

    /// <summary>The client; the daemon only knows that the key exists.</summary>
    Client,

    /// <summary>Both, from the environment alone, because it says where the files are.</summary>
    Paths,
}

/// <summary>One key: what it accepts in words, and how a value changes the configuration (null when it may not).</summary>
internal sealed record ConfigKey(string Name, ConfigReadBy ReadBy, string Allowed, Func<TetherConfig, string, TetherConfig?> Apply);
