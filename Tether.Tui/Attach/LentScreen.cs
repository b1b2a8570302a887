using Tether.Tui.Terminal;

namespace Tether.Tui.Attach;

/// <summary>The daemon reads and writes the terminal itself; this program only keeps raw mode, the size and the menu.</summary>
internal sealed class LentScreen(TerminalDevice terminal) : SessionScreen
{
    private int _overlayLines;

    public override bool ReadsKeys => false;

    public override bool Types => true;

    public override void ShowOverlay(IReadOnlyList<string> lines, bool holdsOutput)
    {
        _overlayLines = Math.Max(_overlayLines, lines.Count);
        terminal.Write(Overlay.Paint(lines, terminal.Size));
    }

    public override bool HideOverlay()
    {
        var wasPaintedOver = _overlayLines > 0;
        _overlayLines = 0;
        return wasPaintedOver;
    }

    public override void Leave(bool isOrderly)
    {
        if (_overlayLines > 0)
        {
            terminal.Write(Overlay.Erase(_overlayLines, terminal.Size));
        }

        if (!isOrderly)
        {
            terminal.Write(TerminalReset.Conservative);
        }
    }
}
