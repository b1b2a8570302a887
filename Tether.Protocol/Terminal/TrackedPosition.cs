using Tether.Protocol.Terminal.Screens;

namespace Tether.Protocol.Terminal;

/// <summary>
/// A cell that the emulator keeps track of until this is disposed: scrolling, inserted and deleted lines and cells, and the reflow at a
/// new width move it with its text. That something else is written into the cell, or that it is erased, does not change it. Belongs to
/// the thread that feeds the emulator.
/// </summary>
public sealed class TrackedPosition : IDisposable
{
    private readonly Screen _screen;
    private readonly bool _isAlternate;
    private readonly Place _place;

    internal TrackedPosition(Screen screen, long row, int column)
    {
        _screen = screen;
        _isAlternate = screen.IsAlternate && row >= screen.TopRow;
        _place = new Place { Row = _isAlternate ? row - screen.TopRow : row, Column = column };
        Places.Add(_place);
    }

    /// <summary>
    /// The row scrolled out of a region, was deleted, or dropped from the scrollback; or the cell was deleted or pushed over the edge; or
    /// its screen was reset or, the alternate one, cut or cleared. It never comes back.
    /// </summary>
    public bool IsGone => _place.IsGone || (!_isAlternate && _place.Row < _screen.Scrollback.FirstRow);

    /// <summary>False while the other screen is shown, so that <see cref="TerminalEmulator.RowAt"/> does not give this cell's row.</summary>
    public bool IsShown => !IsGone && (_isAlternate == _screen.IsAlternate || (!_isAlternate && _place.Row < _screen.TopRow));

    /// <summary>Absolute number of the row, as in <see cref="TerminalEmulator.RowAt"/>; means nothing once it is gone.</summary>
    public long Row => _isAlternate ? _screen.TopRow + _place.Row : _place.Row;

    /// <summary>0-based; means nothing once it is gone.</summary>
    public int Column => _place.Column;

    private PlaceList Places => _isAlternate ? _screen.AlternatePlaces : _screen.PrimaryPlaces;

    /// <summary>Ends the tracking; the position is gone.</summary>
    public void Dispose() => Places.Remove(_place);
}
