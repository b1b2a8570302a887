using Tether.Protocol.Terminal.Keys;
using Tether.Tui.Rendering;

namespace Tether.Tui.Views.Controls;

/// <summary>Something on the screen that may take keys. Belongs to the loop that draws.</summary>
internal abstract class View
{
    /// <summary>True while keys go here: a view with the focus shows its cursor.</summary>
    public bool HasFocus { get; set; }

    /// <summary>Draws all of itself; the canvas is as large as the view may be, down to nothing.</summary>
    public abstract void Draw(Canvas canvas, Scheme scheme);

    /// <summary>False if the key means nothing here. Releases mean nothing anywhere.</summary>
    public virtual bool TakeKey(in KeyPress press) => false;

    /// <summary>Text that was pasted; false if it is of no use here.</summary>
    public virtual bool TakePaste(string text) => false;

    /// <summary>The mouse inside the view, its row and column counted from the view's corner.</summary>
    public virtual bool TakeMouse(in MouseEvent mouse) => false;
}
