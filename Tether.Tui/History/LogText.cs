using System.Text;
using Tether.Protocol.Terminal;
using Tether.Protocol.Wire;

namespace Tether.Tui.History;

/// <summary>
/// What a program printed, as lines of text: its bytes are replayed through an emulator, and a line is given out once it has left the top of
/// the screen, where nothing can change it any more.
/// </summary>
internal sealed class LogText(Action<string> print)
{
    // A piece must not scroll more rows away than are kept.
    private const int Piece = 32 << 10;
    private const int KeptRows = 2 * Piece;

    private readonly TerminalEmulator _emulator = new(new TerminalOptions { ScrollbackRows = KeptRows }) { SuppressAnswers = true };
    private long _next;
    private long _lastHole = -1;

    /// <summary>The offset up to which output has been taken.</summary>
    public long Position { get; private set; }

    public void Take(JournalRecord record, ReadOnlySpan<byte> payload)
    {
        switch (record.Kind)
        {
            case JournalRecordKind.Output:
                Feed(payload[(int)Math.Clamp(Position - record.Offset, 0, payload.Length)..]);
                Position = Math.Max(Position, record.Offset + payload.Length);
                break;
            case JournalRecordKind.Resize when RecordPayload.TryReadSize(payload, out var columns, out var rows):
                Resize(columns, rows);
                break;
            case JournalRecordKind.Hole when record.Offset > _lastHole:
                _lastHole = record.Offset;
                print("[some output was not kept: the disk was full]");
                break;
        }
    }

    /// <summary>
    /// Gives out the lines above the cursor, which nothing changes as long as a program prints line by line; on the alternate screen there are none.
    /// For who follows: a program that goes back up and draws again is shown as it was first.
    /// </summary>
    public void GiveOutSettled()
    {
        if (!_emulator.IsAlternateScreen)
        {
            GiveOut(_emulator.TopRow + _emulator.Cursor.Row, isEnd: false);
        }
    }

    /// <summary>Gives out what is still on the screen: nothing more will come.</summary>
    public void Finish()
    {
        var end = _emulator.TopRow + _emulator.Rows;
        while (end > _next && _emulator.GetText(_emulator.RowAt(end - 1)).Length == 0)
        {
            end--;
        }

        GiveOut(end, isEnd: true);
    }

    private void Feed(ReadOnlySpan<byte> bytes)
    {
        for (; !bytes.IsEmpty; bytes = bytes[Math.Min(Piece, bytes.Length)..])
        {
            _emulator.Feed(bytes[..Math.Min(Piece, bytes.Length)]);
            GiveOut(_emulator.TopRow, isEnd: false);
        }
    }

    // A new width breaks lines elsewhere and numbers rows anew: what has been given out is found again by counting lines.
    private void Resize(int columns, int rows)
    {
        var given = 0;
        for (var row = _emulator.FirstRow; row < _next; row++)
        {
            given += _emulator.RowAt(row).IsWrapped ? 0 : 1;
        }

        _emulator.Resize(columns, rows);
        _next = _emulator.FirstRow;
        var end = _emulator.TopRow + _emulator.Rows;
        while (given > 0 && _next < end)
        {
            given -= _emulator.RowAt(_next++).IsWrapped ? 0 : 1;
        }
    }

    private void GiveOut(long end, bool isEnd)
    {
        _next = Math.Max(_next, _emulator.FirstRow);
        var line = new StringBuilder();
        for (var row = _next; row < end; row++)
        {
            var view = _emulator.RowAt(row);
            var text = _emulator.GetText(view);
            line.Append(view.IsWrapped ? text.PadRight(view.UsedLength) : text);
            if (!view.IsWrapped || (isEnd && row + 1 == end))
            {
                print(line.ToString());
                line.Clear();
                _next = row + 1;
            }
        }
    }
}
