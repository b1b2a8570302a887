using Tether.Protocol.Wire;
using Tether.Tui.Terminal;

namespace Tether.Tui.Attach;

/// <summary>The session's own bytes, written to a terminal of the same size.</summary>
internal sealed class RelayScreen(TerminalDevice terminal, bool types) : SessionScreen
{
    private int _overlayLines;
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

        // Under an overlay, and until the repaint that takes it away, the program's bytes would only tear it: the repaint holds them all.
        if (_overlayLines == 0 && !_awaitsSnapshot)
        {
            terminal.Write(payload);
        }
    }

    public override void ShowOverlay(IReadOnlyList<string> lines)
    {
        _overlayLines = Math.Max(_overlayLines, lines.Count);
        terminal.Write(Overlay.Paint(lines, terminal.Size));
    }

    public override bool HideOverlay()
    {
        var hadOverlay = _overlayLines > 0;
        _awaitsSnapshot |= hadOverlay;
        _overlayLines = 0;
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
            _overlayLines = 0;
        }
    }
}
