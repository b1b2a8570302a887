using Tether.Daemon.Native;

namespace Tether.Daemon.Sessions;

/// <summary>
/// Whoever types goes before whoever floods: from a key until the program's answer has been delivered, but for <see cref="Longest"/> at most,
/// sessions that print without a pause leave their ptys alone, so that the key, the program and the echo find a processor. One per daemon;
/// called on the threads of all sessions.
/// </summary>
internal sealed unsafe class EchoPriority(TimeProvider clock)
{
    private const int NapNanoseconds = 50_000;

    private long _until;
    private object? _typist;

    /// <summary>An answer that takes longer is no echo. Typing ten keys a second costs a flood a fiftieth at worst.</summary>
    public static TimeSpan Longest { get; } = TimeSpan.FromMilliseconds(2);

    /// <summary>A key went to a session's program.</summary>
    public void Typed(object session)
    {
        Volatile.Write(ref _until, clock.GetTimestamp() + (long)(Longest.TotalSeconds * clock.TimestampFrequency));
        Volatile.Write(ref _typist, session);
    }

    /// <summary>A session's output has been delivered.</summary>
    public void Delivered(object session)
    {
        if (Volatile.Read(ref _typist) == session)
        {
            Volatile.Write(ref _typist, null);
        }
    }

    /// <summary>Called by a session that has read much and will read more.</summary>
    public void GiveWay(object session)
    {
        while (Volatile.Read(ref _typist) is { } typist && typist != session)
        {
            if (clock.GetTimestamp() >= Volatile.Read(ref _until))
            {
                Delivered(typist);
                return;
            }

            var nap = new Libc.TimeSpec { Nanoseconds = NapNanoseconds };
            _ = Libc.nanosleep(&nap, null);
        }
    }
}
