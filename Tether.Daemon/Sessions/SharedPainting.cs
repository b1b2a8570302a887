using Tether.Protocol.Terminal;

namespace Tether.Daemon.Sessions;

/// <summary>
/// The screen as a snapshot paints it, made once for all viewers that need it in one turn of the session's thread: those of a <see cref="Crowd"/> are due at the same
/// moment. Owned by that thread.
/// </summary>
internal sealed class SharedPainting(TerminalEmulator emulator)
{
    private ReadOnlyMemory<byte>? _person, _replica;
    private (long Position, int Columns, int Rows) _of;
    private bool _isOpen;

    /// <summary>Nothing is printed until this is disposed, so that what was painted once may serve again.</summary>
    public Turn Open()
    {
        _isOpen = true;
        return new Turn(this);
    }

    /// <param name="isReplica">See <see cref="Protocol.Terminal.Snapshots.SnapshotOptions.IsReplica"/>.</param>
    /// <param name="paint">Paints the screen without scrollback.</param>
    public ReadOnlyMemory<byte> Get(bool isReplica, Func<ReadOnlyMemory<byte>> paint)
    {
        if (!_isOpen)
        {
            return paint();
        }

        var now = (emulator.Position, emulator.Columns, emulator.Rows);
        if (_of != now)
        {
            (_of, _person, _replica) = (now, null, null);
        }

        ref var kept = ref isReplica ? ref _replica : ref _person;
        return kept ??= paint();
    }

    private void Close() => (_isOpen, _person, _replica) = (false, null, null);

    internal readonly ref struct Turn(SharedPainting painting)
    {
        public void Dispose() => painting.Close();
    }
}
