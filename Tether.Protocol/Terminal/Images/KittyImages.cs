using Tether.Protocol.Terminal.Parsing;
using Tether.Protocol.Terminal.Screens;
using Tether.Protocol.Terminal.Sequences;

namespace Tether.Protocol.Terminal.Images;

/// <summary>
/// kitty's graphics: <c>APC G keys ; base64 ST</c>. Of the data only a PNG's header is looked at. Placements put placeholders on the screen
/// and move the cursor; deletions take them away. Nothing is answered.
/// </summary>
internal sealed class KittyImages
{
    private const int MostKeys = 1024;
    private const uint Png = 100;

    private readonly byte[] _keys = new byte[MostKeys];
    private readonly KittySizes _sizes = new();
    private int _length;
    private bool _isData;
    private bool _isTooLong;

    // The keys of this command, and whether it is a later chunk of the image that is open.
    private KittyCommand _command;
    private bool _isChunk;

    // The first command of an image whose chunks are still coming.
    private KittyCommand? _open;
    private ImageHeader _header;

    /// <summary>A command begins, after its G.</summary>
    public void Begin()
    {
        _length = 0;
        _isData = false;
        _isTooLong = false;
    }

    public void Add(ReadOnlySpan<byte> part)
    {
        if (!_isData)
        {
            int end = part.IndexOf((byte)';');
            ReadOnlySpan<byte> keys = end < 0 ? part : part[..end];
            AddKeys(keys);
            if (end < 0)
            {
                return;
            }

            part = part[(end + 1)..];
            BeginData();
        }

        _header.AddBase64(part);
    }

    public void End(Screen screen, in Sequence sequence)
    {
        if (!_isData)
        {
            BeginData();
        }

        KittyCommand first = _isChunk ? _open!.Value : _command;
        if (first.Action == 'q')
        {
            Reports.Refuse(screen, sequence);
        }

        if (first.IsTransmission)
        {
            _open = _command.GoesOn && !_isTooLong ? first : null;
        }

        if (!_isTooLong && !_command.GoesOn)
        {
            Act(screen, first);
        }
    }

    /// <summary>RIS.</summary>
    public void Clear()
    {
        _open = null;
        _sizes.Clear();
    }

    private void AddKeys(ReadOnlySpan<byte> keys)
    {
        int room = Math.Min(keys.Length, MostKeys - _length);
        _isTooLong |= room < keys.Length;
        keys[..room].CopyTo(_keys.AsSpan(_length));
        _length += room;
    }

    private void BeginData()
    {
        _isData = true;
        _command = KittyCommand.Parse(_keys.AsSpan(0, _length));
        _isChunk = _open is not null && _command.IsTransmission && !_command.BeginsAnew;
        if (_command.IsTransmission && !_isChunk)
        {
            _header = default;
        }
    }

    private void Act(Screen screen, in KittyCommand command)
    {
        switch (command.Action)
        {
            case 't' or 'T':
                Transmit(screen, command);
                break;
            case 'p':
                Show(screen, command, _sizes.Find(command));
                break;
            case 'd':
                _open = null;
                Forget(command);
                KittyDeletion.Apply(screen, command);
                break;
        }
    }

    private void Transmit(Screen screen, in KittyCommand image)
    {
        bool readsHeader = image.Format == Png && image.Medium == 'd' && image.Compression == '\0';
        PixelSize size = readsHeader ? _header.Size : image.Size;
        if (image.Id != 0)
        {
            // An image sent anew takes the place of what had its id, and that is no longer shown.
            KittyDeletion.RemoveImage(screen, KittyMark.Of(image));
        }

        _sizes.Add(image, size);
        if (image.Action == 'T')
        {
            Show(screen, image, size);
        }
    }

    private static void Show(Screen screen, in KittyCommand command, PixelSize size)
    {
        if (command.IsVirtual || command.IsRelative || !TryFit(screen.Options, command, size, out int columns, out int rows))
        {
            return;
        }

        KittyMark mark = KittyMark.Of(command);
        if (command.Placement != 0)
        {
            KittyDeletion.Remove(screen, mark);
        }

        ImageArea area = command.KeepsCursor
            ? ImageArea.Clipped(screen, screen.Row, screen.Column, columns, rows)
            : ImageArea.AtCursor(screen, columns, rows);
        area.Cover(screen, Placeholder.StyleOf(mark), underText: command.Z < 0);
        area.Announce(screen, ImageKind.Kitty, size);
        if (!command.KeepsCursor)
        {
            MoveCursor(screen, area.LastRow, area.Column + columns);
        }

        ImageArea.Separate(screen);
    }

    /// <summary>Right of the image in its last row; where there is no column, in the next row.</summary>
    private static void MoveCursor(Screen screen, int row, int column)
    {
        screen.MoveTo(row, column);
        if (column >= screen.Columns)
        {
            CursorMovement.Index(screen);
            screen.Column = 0;
        }
    }

    /// <summary>The cells asked for; where one number is missing, what keeps the image's proportions; where both are, its own size.</summary>
    private static bool TryFit(TerminalOptions options, in KittyCommand command, PixelSize size, out int columns, out int rows)
    {
        columns = (int)Math.Min(command.Columns, Screen.MaxColumns);
        rows = (int)Math.Min(command.Rows, Screen.MaxRows);
        if (columns > 0 && rows > 0)
        {
            return true;
        }

        double width = Part(command.X, command.Width, size.Width);
        double height = Part(command.Y, command.Height, size.Height);
        if (width <= 0 || height <= 0)
        {
            return false;
        }

        if (columns > 0)
        {
            height = ((options.CellWidth * columns) + Offset(command.OffsetX)) * height / width;
        }
        else if (rows > 0)
        {
            width = ((options.CellHeight * rows) + Offset(command.OffsetY)) * width / height;
        }
        else
        {
            width += Offset(command.OffsetX);
            height += Offset(command.OffsetY);
        }

        columns = columns > 0 ? columns : CellCount.Of(width, options.CellWidth);
        rows = rows > 0 ? rows : CellCount.Of(height, options.CellHeight);
        return true;
    }

    private static double Part(uint from, uint length, int whole) => Math.Min(length == 0 ? uint.MaxValue : length, Math.Max(0, whole - (long)from));

    private static double Offset(uint offset) => Math.Min(offset, PixelSize.Most);

    private void Forget(in KittyCommand command)
    {
        switch (command.Delete)
        {
            case 'A':
                _sizes.Clear();
                break;
            case 'I' or 'N':
                _sizes.Remove(command);
                break;
        }
    }
}
