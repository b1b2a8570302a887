using Tether.Protocol.Terminal;
using Tether.Tui.Dashboard.Settings;
using Tether.Tui.Rendering;

namespace Tether.Tui.Views.Dashboard.Cards;

/// <summary>Puts pieces of text into rows of so many columns; nothing is cut off, what is too long goes on in the next row.</summary>
internal sealed class CardWriter(int columns)
{
    private readonly int _columns = Math.Max(1, columns);
    private readonly List<CardLine> _lines = [];

    public List<CardLine> Lines => _lines;

    public void Break()
    {
        if (_lines.Count > 0 && _lines[^1].Pieces.Count > 0)
        {
            _lines.Add(new CardLine([]));
        }
    }

    /// <summary>A line of text, broken at blanks where that can be.</summary>
    /// <param name="pieces">In their order.</param>
    /// <param name="indent">Columns in front of what goes on in the next row.</param>
    /// <param name="ground">Of all its rows.</param>
    /// <param name="command">What a click on any of its rows does.</param>
    public void Add(IEnumerable<CardPiece> pieces, int indent = 0, Style? ground = null, DashboardCommand? command = null)
    {
        var row = new List<CardPiece>();
        var room = _columns;
        indent = Math.Min(indent, _columns / 2);
        foreach (var (text, style) in pieces)
        {
            for (var at = 0; at < text.Length;)
            {
                var length = WordAt(text, at);
                var width = TextWidth.Of(text.AsSpan(at, length));
                if (width > room && room < _columns - indent && width <= _columns - indent)
                {
                    Flush();
                    length = text[at] == ' ' ? length : 0;
                    at += length;
                    continue;
                }

                if (width > room)
                {
                    length = TextWidth.LengthWithin(text.AsSpan(at, length), room);
                    if (length == 0)
                    {
                        if (room >= _columns - indent)
                        {
                            // Not even one wide character fits.
                            return;
                        }

                        Flush();
                        continue;
                    }

                    width = TextWidth.Of(text.AsSpan(at, length));
                }

                row.Add(new CardPiece(text.Substring(at, length), style));
                (room, at) = (room - width, at + length);
            }
        }

        _lines.Add(new CardLine(row) { Ground = ground, Command = command });

        void Flush()
        {
            _lines.Add(new CardLine(row) { Ground = ground, Command = command });
            row = indent > 0 ? [new CardPiece(new string(' ', indent), ground ?? default)] : [];
            room = _columns - indent;
        }
    }

    public void Add(string text, Style style, int indent = 0) => Add([new CardPiece(text, style)], indent);

    // A run of blanks, or one of anything else.
    private static int WordAt(string text, int at)
    {
        var end = text.AsSpan(at).IndexOf(' ');
        return end < 0 ? text.Length - at : end > 0 ? end : text.AsSpan(at).IndexOfAnyExcept(' ') is var blanks and >= 0 ? blanks : text.Length - at;
    }
}
