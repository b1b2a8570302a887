namespace Tether.Daemon.Server;

/// <summary>Marks a connection that came by the Unix socket from a process of this user.</summary>
/// <param name="ProcessId">Who connected.</param>
internal sealed record LocalPeer(int ProcessId);
