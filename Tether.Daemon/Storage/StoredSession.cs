using Tether.Protocol.Model;

namespace Tether.Daemon.Storage;

/// <summary>A session as the registry remembers it.</summary>
/// <param name="Record">Without <see cref="SessionRecord.Controller"/> and <see cref="SessionRecord.Viewers"/>, which end with the daemon.</param>
/// <param name="ProcessStartTime">With the process id, the process's identity.</param>
/// <param name="Journal">The journal's folder below <see cref="TetherPaths.Journals"/>.</param>
internal sealed record StoredSession(SessionRecord Record, long ProcessStartTime, string Journal);
