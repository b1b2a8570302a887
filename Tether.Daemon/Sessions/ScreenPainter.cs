using System.Buffers;
using Tether.Protocol.Terminal;
using Tether.Protocol.Terminal.Snapshots;

namespace Tether.Daemon.Sessions;

/// <summary>What viewers' terminals get instead of output: the screen as it is, and what puts them back as they were. Owned by the session's thread.</summary>
internal sealed class ScreenPainter(TerminalEmulator emulator)
{
    // CAN: whatever sequence a viewer's terminal is in the middle of is dropped, not carried out.
    private static readonly byte[] CancelSequence = [0x18];

    private ReadOnlyMemory<byte>? _person, _replica;
    private (long Position, int Columns, int Rows) _of;
    private bool _isOpen;

    /// <summary>
    /// Until this is disposed nothing is printed, and a painting without scrollback is made once for all who need it: those of a <see cref="Crowd"/> are due at the same
    /// moment.
    /// </summary>
    public Turn Open()
    {
        _isOpen = true;
        return new Turn(this);
    }

    /// <summary>Writes the screen below some of its scrollback.</summary>
    /// <param name="isReplica">See <see cref="SnapshotOptions.IsReplica"/>.</param>
    public void Write(IBufferWriter<byte> output, int scrollbackRows, bool isReplica = false)
    {
        output.Write(CancelSequence);
        SnapshotWriter.Write(emulator, output, new SnapshotOptions { ScrollbackRows = scrollbackRows, ClearScreen = !isReplica, IsReplica = isReplica });
    }

    /// <summary>The same as bytes, which others may have got too.</summary>
    public ReadOnlyMemory<byte> Paint(int scrollbackRows, bool isReplica)
    {
        if (!_isOpen || scrollbackRows > 0)
        {
            return PaintAnew(scrollbackRows, isReplica);
        }

        var now = (emulator.Position, emulator.Columns, emulator.Rows);
        if (_of != now)
        {
            (_of, _person, _replica) = (now, null, null);
        }

        ref var kept = ref isReplica ? ref _replica : ref _person;
        return kept ??= PaintAnew(0, isReplica);
    }

    public void WriteReset(IBufferWriter<byte> output)
    {
        output.Write(CancelSequence);
        SnapshotWriter.WriteReset(emulator, output);
    }

    private ReadOnlyMemory<byte> PaintAnew(int scrollbackRows, bool isReplica)
    {
        var painting = new ArrayBufferWriter<byte>(16 * 1024);
        Write(painting, scrollbackRows, isReplica);
        return painting.WrittenMemory;
    }

    private void Close() => (_isOpen, _person, _replica) = (false, null, null);

    internal readonly ref struct Turn(ScreenPainter painter)
    {
        public void Dispose() => painter.Close();
    }
}
