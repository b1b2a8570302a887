using Tether.Tui.Terminal;

namespace Tether.Tui.Attach;

/// <summary>The daemon reads and writes the terminal itself; this program only keeps raw mode, the size and the menu.</summary>
internal sealed class LentScreen(TerminalDevice terminal) : SessionScreen
{
    private bool _isPaintedOver;

    public override bool ReadsKeys => false;

    public override bool Types => true;

    public override void ShowOverlay(IReadOnlyList<string> lines)
    {
        _isPaintedOver = true;
        terminal.Write(Overlay.Paint(lines, terminal.Size));
    }

    public override bool HideOverlay()
    {
        var wasPaintedOver = _isPaintedOver;
        _isPaintedOver = false;
        return wasPaintedOver;
    }

    public override void Leave(bool isOrderly)
    {
        if (!isOrderly)
        {
            terminal.Write(TerminalReset.Conservative);
        }
    }
}
