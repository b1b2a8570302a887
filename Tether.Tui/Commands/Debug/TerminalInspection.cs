using System.Runtime.InteropServices;
using System.Text;
using Tether.Protocol.Terminal.Keys;
using Tether.Tui.Attach;
using Tether.Tui.Connection;
using Tether.Tui.Native;
using Tether.Tui.Rendering;
using Tether.Tui.Terminal;
using Tether.Tui.Terminal.FullScreen;

namespace Tether.Tui.Commands.Debug;

/// <summary>
/// `tether debug --terminal`: a full screen that shows what the terminal says of itself and what each key, click and paste is read as, for when a key does
/// something else than it should. A single loop; everything belongs to it.
/// </summary>
internal sealed class TerminalInspection : IDisposable
{
    private readonly FullScreenTerminal _terminal = FullScreenTerminal.Open(Environment.GetEnvironmentVariable, ClientEnvironment.Paths.Screens);

    private readonly SignalWaker _signals = new(
        PosixSignal.SIGWINCH, PosixSignal.SIGCONT, PosixSignal.SIGTSTP,
        PosixSignal.SIGTERM, PosixSignal.SIGHUP, PosixSignal.SIGINT, PosixSignal.SIGQUIT);

    private readonly List<string> _events = [];
    private long _pasted;
    private bool _isDrawn;
    private int? _status;

    public static int Run()
    {
        using var inspection = new TerminalInspection();
        return inspection.Loop();
    }

    public void Dispose()
    {
        _terminal.Dispose();
        _signals.Dispose();
    }

    private int Loop()
    {
        _terminal.Enter(Environment.TickCount64);
        while (_status is null)
        {
            DrawWhenPossible(Environment.TickCount64);
            WaitForAnything();
            TakeEvents();
        }

        _terminal.Leave();
        return _status.Value;
    }

    private void WaitForAnything()
    {
        Span<PollEntry> entries = stackalloc PollEntry[]
        {
            new() { Descriptor = _terminal.WaitDescriptor, Events = _terminal.WaitEvents },
            new() { Descriptor = _signals.WaitDescriptor, Events = LibC.PollIn },
        };
        var now = Environment.TickCount64;
        var drawing = _isDrawn ? -1 : _terminal.Output.DelayBeforeFrame(now);
        Poller.Wait(entries, Ticks.Sooner(Ticks.Sooner(_terminal.NextTick(now), _terminal.Size.NextTick(now)), drawing));
        now = Environment.TickCount64;
        if (!_terminal.Serve(entries[0].Returned, now))
        {
            _status = ExitCodes.Signalled + 1;
        }

        _terminal.Tick(now);
        while (_signals.TryTake(out var signal))
        {
            TakeSignal(signal, now);
        }

        _isDrawn &= !_terminal.Size.TakeChange(now);
    }

    private void TakeSignal(PosixSignal signal, long now)
    {
        switch (signal)
        {
            case PosixSignal.SIGWINCH:
                _terminal.Size.Note();
                break;
            case PosixSignal.SIGTSTP:
                _terminal.Stop();
                _isDrawn = false;
                break;
            case PosixSignal.SIGCONT:
                _terminal.Enter(now);
                _isDrawn = false;
                break;
            default:
                _status = LastWords.StatusOf(signal);
                break;
        }
    }

    private void TakeEvents()
    {
        while (_terminal.Input.TryTake(out var next))
        {
            _isDrawn = false;
            if (next is InputEvent.Pressed { Press: { CodePoint: 'c', Modifiers: KeyModifiers.Control } })
            {
                _status = ExitCodes.Done;
            }

            if (Describe(next) is { } text)
            {
                _events.Add(text);
            }
        }
    }

    private string? Describe(InputEvent next)
    {
        switch (next)
        {
            case InputEvent.Pressed(var press):
                return $"key {KeyNames.NameOf(press) ?? Unnamed(press)}{(press.Action == KeyAction.Press ? "" : $", {press.Action.ToString().ToLowerInvariant()}")}";
            case InputEvent.Pointed(var mouse):
                return $"mouse {mouse.Action} {mouse.Button} at {mouse.Row},{mouse.Column}{(mouse.Modifiers == KeyModifiers.None ? "" : $" with {mouse.Modifiers}")}";
            case InputEvent.Pasted(var piece, var isLast):
                _pasted += piece.Length;
                var pasted = _pasted;
                _pasted = isLast ? 0 : _pasted;
                return isLast ? $"paste of {pasted} bytes" : null;
            case InputEvent.Focused(var hasFocus):
                return hasFocus ? "focus gained" : "focus lost";
            default:
                return null;
        }
    }

    // No setting can name it.
    private static string Unnamed(KeyPress press)
    {
        var what = press.Key == Key.Character ? $"{(Rune.IsValid(press.CodePoint) ? new Rune(press.CodePoint) : Rune.ReplacementChar)}" : $"{press.Key}";
        return $"{what}{(press.Modifiers == KeyModifiers.None ? "" : $" with {press.Modifiers}")}, which has no name for `tether keys`";
    }

    private void DrawWhenPossible(long now)
    {
        if (_isDrawn || _terminal.Output.DelayBeforeFrame(now) != 0)
        {
            return;
        }

        _isDrawn = true;
        var (columns, rows) = _terminal.Size.Current;
        string[] head = [.. Describe(_terminal.Capabilities), $"size            {columns}×{rows}", "", "Type, click, paste. Ctrl-C leaves.", ""];
        var room = Math.Max(0, rows - head.Length);
        _events.RemoveRange(0, Math.Max(0, _events.Count - Math.Max(room, 1)));
        var picture = new StringBuilder(_terminal.Capabilities.SynchronizedOutput ? "\e[?2026h\e[H" : "\e[H");
        picture.AppendJoin("\e[K\r\n", head.Concat(_events.TakeLast(room)).Take(rows).Select(line => line.Length > columns ? line[..columns] : line));
        picture.Append("\e[K\e[J").Append(_terminal.Capabilities.SynchronizedOutput ? "\e[?2026l" : "");
        _terminal.Output.SendFrame(Encoding.UTF8.GetBytes(picture.ToString()), now);
    }

    private static IEnumerable<string> Describe(Capabilities known)
    {
        yield return $"terminal        {known.Name ?? "does not say its name"}{(known.IsTmux ? ", tmux" : known.IsScreen ? ", screen" : known.IsLinuxConsole ? ", Linux console" : "")}";
        yield return $"colours         {known.Colors switch { ColorDepth.None => "none", ColorDepth.Sixteen => "16", ColorDepth.Palette256 => "256", _ => "16 million" }}, {(known.IsDark switch { true => "dark", false => "light", null => "dark or light is not known" })}";
        yield return $"characters      {(known.HasUnicode ? "UTF-8" : "ASCII")}";
        yield return $"keyboard        {(known.Kitty ? "kitty's protocol" : known.ModifyOtherKeys ? "modifyOtherKeys" : "as ever")}";
        yield return $"whole frames    {(known.SynchronizedOutput ? "yes" : "no")}";
    }
}
