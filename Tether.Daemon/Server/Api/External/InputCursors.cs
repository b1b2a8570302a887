using System.Buffers.Binary;
using System.Collections.Concurrent;
using Tether.Daemon.Events;
using Tether.Daemon.Storage;

namespace Tether.Daemon.Server.Api.External;

/// <summary>
/// How far each agent that keeps no cursor of its own has been told, kept beside its session's journal. Any thread may call; whoever tells an agent something holds
/// its <see cref="Turn"/> meanwhile.
/// </summary>
/// <param name="directoryOf">The folder of a session.</param>
internal sealed class InputCursors(Func<string, string> directoryOf)
{
    private const string Name = "input-cursor";

    private readonly ConcurrentDictionary<string, (SemaphoreSlim Turn, long[] Seq)> _cursors = [];

    public SemaphoreSlim Turn(string session) => Of(session).Turn;

    /// <summary>The last event that the agent has been told.</summary>
    public long Get(string session) => Volatile.Read(ref Of(session).Seq[0]);

    /// <summary>The agent has been told so far.</summary>
    public void Set(string session, long seq)
    {
        Volatile.Write(ref Of(session).Seq[0], seq);
        Span<byte> bytes = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, seq);
        try
        {
            using var file = new FileStream(Path.Combine(directoryOf(session), Name), FileMode.OpenOrCreate, FileAccess.Write, FileShare.Read, bufferSize: 0);
            file.Write(bytes);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Without it the next daemon tells the newest input again.
        }
    }

    /// <summary>Something happened to a session: of one that is deleted nothing is known any more.</summary>
    public void Happened(StoredEvent happened)
    {
        if (happened.Kind == EventTypes.Deleted)
        {
            _cursors.TryRemove(happened.Session, out _);
        }
    }

    private (SemaphoreSlim Turn, long[] Seq) Of(string session) => _cursors.GetOrAdd(session, id => (new SemaphoreSlim(1), [Read(id)]));

    private long Read(string session)
    {
        try
        {
            var bytes = File.ReadAllBytes(Path.Combine(directoryOf(session), Name));
            return bytes.Length == sizeof(long) ? BinaryPrimitives.ReadInt64LittleEndian(bytes) : 0;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return 0;
        }
    }
}
