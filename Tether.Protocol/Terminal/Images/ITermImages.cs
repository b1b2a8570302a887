using Tether.Protocol.Terminal.Screens;

namespace Tether.Protocol.Terminal.Images;

/// <summary>
/// iTerm2's images: <c>OSC 1337 ; File=arguments:base64 ST</c>, or in pieces <c>MultipartFile=arguments</c>, <c>FilePart=base64</c> and
/// <c>FileEnd</c>. Of the data only the header that tells the size is looked at.
/// </summary>
internal sealed class ITermImages
{
    private const int MostHead = 2048;
    private const int MostRows = 255;

    private readonly byte[] _head = new byte[MostHead];
    private int _length;
    private bool _isData;
    private bool _isTooLong;
    private ITermArguments? _pieces;
    private ImageHeader _header;

    private static ReadOnlySpan<byte> File => "File="u8;

    private static ReadOnlySpan<byte> Multipart => "MultipartFile="u8;

    private static ReadOnlySpan<byte> FilePart => "FilePart="u8;

    private ReadOnlySpan<byte> Head => _head.AsSpan(0, _length);

    /// <summary>A command begins, after 1337 and its semicolon.</summary>
    public void Begin()
    {
        _length = 0;
        _isData = false;
        _isTooLong = false;
    }

    public void Add(ReadOnlySpan<byte> part)
    {
        while (!_isData && !part.IsEmpty)
        {
            if (_length == MostHead)
            {
                _isTooLong = true;
                return;
            }

            byte b = part[0];
            part = part[1..];
            _head[_length++] = b;
            if (b == ':' || Head.SequenceEqual(FilePart))
            {
                _isData = true;
                _header = b == ':' ? default : _header;
            }
        }

        _header.AddBase64(part);
    }

    public void End(Screen screen)
    {
        if (_isTooLong)
        {
            return;
        }

        if (Head.StartsWith(File) && _isData)
        {
            Show(screen, ITermArguments.Parse(Head[File.Length..^1]));
        }
        else if (Head.StartsWith(Multipart))
        {
            _pieces = ITermArguments.Parse(Head[Multipart.Length..]);
            _header = default;
        }
        else if (Head.SequenceEqual("FileEnd"u8) && _pieces is { } arguments)
        {
            _pieces = null;
            Show(screen, arguments);
        }
    }

    /// <summary>RIS.</summary>
    public void Clear() => _pieces = null;

    private void Show(Screen screen, ITermArguments arguments)
    {
        if (!arguments.IsInline || !TryFit(screen, arguments, _header.Size, out int columns, out int rows))
        {
            return;
        }

        ImageArea area = arguments.KeepsCursor
            ? ImageArea.Clipped(screen, screen.Row, screen.Column, columns, rows)
            : ImageArea.AtCursor(screen, columns, rows);
        area.Cover(screen, Placeholder.StyleOf(null));
        area.Announce(screen, ImageKind.ITerm2, _header.Size);
        if (!arguments.KeepsCursor)
        {
            int limit = Printing.Limit(screen);
            screen.MoveTo(area.LastRow, area.Column);
            Printing.Advance(screen, area.Column + area.Columns, limit);
        }

        ImageArea.Separate(screen);
    }

    /// <summary>What is left to the terminal follows the image's proportions; what is too wide is scaled down.</summary>
    private static bool TryFit(Screen screen, ITermArguments arguments, PixelSize size, out int columns, out int rows)
    {
        int cellWidth = screen.Options.CellWidth;
        int cellHeight = screen.Options.CellHeight;
        bool wide = arguments.WidthUnit != ITermUnit.Auto;
        bool high = arguments.HeightUnit != ITermUnit.Auto;
        columns = Count(arguments.WidthUnit, arguments.Width, screen.Columns, cellWidth);
        rows = Count(arguments.HeightUnit, arguments.Height, screen.Rows, cellHeight);
        if (!(wide && high))
        {
            if (!size.IsKnown)
            {
                return false;
            }

            // Pixels asked for are not rounded to cells before the other side follows from them.
            double width = arguments.WidthUnit == ITermUnit.Pixels ? arguments.Width : columns * cellWidth;
            double height = arguments.HeightUnit == ITermUnit.Pixels ? arguments.Height : rows * cellHeight;
            rows = high ? rows : CellCount.Of(wide ? width * size.Height / size.Width : size.Height, cellHeight);
            columns = wide ? columns
                : high ? Math.Max(1, (int)Math.Round(height * size.Width / size.Height / cellWidth, MidpointRounding.AwayFromZero))
                : CellCount.Of(size.Width, cellWidth);
        }

        int room = Printing.Limit(screen) - screen.Column;
        if (columns > room)
        {
            rows = Math.Max(1, (int)((double)rows * room / columns));
            columns = room;
        }

        rows = Math.Min(rows, MostRows);
        return true;
    }

    private static int Count(ITermUnit unit, int value, int cells, int cellSize) => unit switch
    {
        ITermUnit.Pixels => CellCount.Of(value, cellSize),
        ITermUnit.Percent => Math.Max(1, (int)Math.Ceiling(cells * Math.Min(value, 100) / 100.0)),
        _ => Math.Max(1, value),
    };
}
