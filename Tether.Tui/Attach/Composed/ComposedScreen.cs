using Tether.Protocol.Model;
using Tether.Protocol.Terminal;
using Tether.Protocol.Wire;
using Tether.Tui.Rendering;
using Tether.Tui.Terminal;

namespace Tether.Tui.Attach.Composed;

/// <summary>
/// A session of another size than the terminal: its bytes go into an emulator of our own, and what fits of that is drawn on the terminal's
/// alternate screen. Frames are taken as they come and drawn at most every few milliseconds.
/// </summary>
internal sealed class ComposedScreen(TerminalDevice terminal, SessionRecord session) : SessionScreen
{
    private const int FrameMilliseconds = 16;

    // How long a program may take to finish what it asked not to be shown half-done.
    private const int SynchronizedMilliseconds = 150;

    private readonly Viewport _viewport = new();
    private readonly FrameRenderer _renderer = new();
    private TerminalEmulator _emulator = NewEmulator(session.Columns, session.Rows);
    private IReadOnlyList<string> _overlay = [];
    private bool _isEntered;
    private bool _keeps;
    private long _due;
    private long _lastDrawn;

    public override bool ReadsKeys => true;

    public override int NextTick => _due == 0 ? -1 : (int)Math.Max(0, _due - Environment.TickCount64);

    public override void Show(FrameHeader header, ReadOnlySpan<byte> payload)
    {
        if (header.Kind == FrameKind.Reset)
        {
            return;
        }

        if (header.Kind == FrameKind.Snapshot)
        {
            _emulator = NewEmulator(_emulator.Columns, _emulator.Rows);
        }

        _emulator.Feed(payload);
        Plan(_emulator.Modes.SynchronizedOutput ? SynchronizedMilliseconds : FrameMilliseconds);
    }

    public override void ShowOverlay(IReadOnlyList<string> lines, bool holdsOutput)
    {
        _overlay = lines;
        Draw();
    }

    public override bool HideOverlay()
    {
        _overlay = [];
        Plan(0);
        return false;
    }

    public override bool TakeKeys(ReadOnlySpan<byte> keys)
    {
        var pans = PanKeys.Read(keys);
        pans.ForEach(_viewport.Pan);
        if (pans.Count > 0)
        {
            Draw();
        }

        return pans.Count > 0;
    }

    public override bool Resize((int Columns, int Rows) session, (int Columns, int Rows) own)
    {
        _emulator.Resize(session.Columns, session.Rows);
        _renderer.Forget();
        Plan(0);
        return session != own;
    }

    public override void Tick()
    {
        if (_due != 0 && Environment.TickCount64 >= _due)
        {
            Draw();
        }
    }

    public override void Keep() => _keeps = true;

    public override void Leave(bool isOrderly)
    {
        if (_isEntered)
        {
            terminal.Write("\e[?1006l\e[?1000l\e[m\e[?25h\e[?1049l"u8);
        }

        if (_keeps)
        {
            terminal.Write(LastPicture.Of(_emulator));
        }
    }

    // Scrollback is not shown here; the emulator answers nobody.
    private static TerminalEmulator NewEmulator(int columns, int rows) =>
        new(new TerminalOptions { Columns = columns, Rows = rows, ScrollbackRows = 0 }) { SuppressAnswers = true };

    private void Plan(int milliseconds)
    {
        var due = Math.Max(Environment.TickCount64, _lastDrawn + milliseconds);
        _due = _due == 0 ? due : milliseconds == SynchronizedMilliseconds ? Math.Max(_due, due) : Math.Min(_due, due);
    }

    private void Draw()
    {
        if (!_isEntered)
        {
            _isEntered = true;
            terminal.Write("\e[?1049h\e[?1000h\e[?1006h"u8);
        }

        (_due, _lastDrawn) = (0, Environment.TickCount64);
        terminal.Write(_renderer.Render(Composer.Compose(_emulator, _viewport, terminal.Size, _overlay)).Span);
    }
}
