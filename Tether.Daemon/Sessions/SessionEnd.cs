namespace Tether.Daemon.Sessions;

/// <summary>How a session's program ended; both null when it is unknown.</summary>
internal readonly record struct SessionEnd(int? ExitCode, int? Signal);
