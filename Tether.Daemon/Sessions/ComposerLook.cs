namespace Tether.Daemon.Sessions;

/// <summary>What a screen shows of the composer.</summary>
internal enum ComposerLook
{
    /// <summary>It is not to be seen, or not to be told from other things.</summary>
    Unknown,

    /// <summary>It stands there with nothing in it but a hint.</summary>
    Empty,

    /// <summary>Text stands in it.</summary>
    Text,
}
