using Tether.Protocol.Wire;
using Tether.Tui.Terminal;

namespace Tether.Tui.Attach;

/// <summary>The session's own bytes, written to a terminal of the same size.</summary>
internal sealed class RelayScreen(TerminalDevice terminal, bool types) : SessionScreen
{
    private int _overlayLines;
    private bool _holdsOutput;
    private bool _awaitsSnapshot;
    private bool _isReset;

    public override bool ReadsKeys => true;

    public override bool Types => types;

    public override void Show(FrameHeader header, ReadOnlySpan<byte> payload)
    {
        _isReset = header.Kind == FrameKind.Reset;
        if (_isReset)
        {
            EraseOverlay();
            _awaitsSnapshot = false;
        }
        else if (header.Kind == FrameKind.Snapshot)
        {
            _awaitsSnapshot = false;
        }

        // Held back until the repaint that takes the overlay away, which has it all.
        if (!_holdsOutput && !_awaitsSnapshot)
        {
            terminal.Write(payload);
        }
    }

    public override void ShowOverlay(IReadOnlyList<string> lines, bool holdsOutput)
    {
        _overlayLines = Math.Max(_overlayLines, lines.Count);
        _holdsOutput = holdsOutput;
        terminal.Write(Overlay.Paint(lines, terminal.Size));
    }

    public override bool HideOverlay()
    {
        var hadOverlay = _overlayLines > 0;
        _awaitsSnapshot |= _holdsOutput;
        (_overlayLines, _holdsOutput) = (0, false);
        return hadOverlay;
    }

    public override bool Resize((int Columns, int Rows) session, (int Columns, int Rows) own) => types || session == own;

    public override void Leave(bool isOrderly)
    {
        if (!_isReset)
        {
            EraseOverlay();
            terminal.Write(TerminalReset.Conservative);
        }
    }

    private void EraseOverlay()
    {
        if (_overlayLines > 0)
        {
            terminal.Write(Overlay.Erase(_overlayLines, terminal.Size));
            (_overlayLines, _holdsOutput) = (0, false);
        }
    }
}
