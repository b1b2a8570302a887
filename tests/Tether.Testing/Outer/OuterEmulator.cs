using System.Buffers;
using System.Text;
using Tether.Protocol.Terminal;
using Tether.Protocol.Terminal.Keys;
using Tether.Protocol.Terminal.Snapshots;

namespace Tether.Testing.Outer;

/// <summary>The emulator of a terminal window: shows bytes, answers queries. One caller at a time.</summary>
internal sealed class OuterEmulator : ITerminalListener
{
    private readonly TerminalEmulator _emulator;
    private readonly Action<byte[]> _answer;

    public OuterEmulator(int columns, int rows, Action<byte[]> answer)
    {
        _answer = answer;
        _emulator = new TerminalEmulator(new TerminalOptions { Columns = columns, Rows = rows }, this);
    }

    public TerminalColors Colors { set => _emulator.Colors = value; }

    public void Feed(ReadOnlySpan<byte> bytes) => _emulator.Feed(bytes);

    public void Resize(int columns, int rows) => _emulator.Resize(columns, rows);

    public byte[] Encode(KeyPress press)
    {
        var bytes = new ArrayBufferWriter<byte>();
        KeyEncoder.Encode(press, _emulator.Modes, bytes);
        return bytes.WrittenSpan.ToArray();
    }

    public OuterScreen Look() => new(
        _emulator.Columns,
        _emulator.Rows,
        // A blank that was written and one that never was look the same.
        string.Join('\n', Rows(_emulator.TopRow, _emulator.Rows, TextFormat.Ansi).Select(row => row.TrimEnd(' '))),
        Rows(_emulator.TopRow, _emulator.Rows, TextFormat.Plain),
        _emulator.Cursor,
        _emulator.Title,
        Modes());

    /// <summary>The rows above the main screen.</summary>
    public string[] Scrollback() => Rows(_emulator.FirstRow, _emulator.ScrollbackCount, TextFormat.Plain);

    void ITerminalListener.Answer(ReadOnlySpan<byte> answer) => _answer(answer.ToArray());

    void ITerminalListener.Hide(long start, long end)
    {
        // Nobody else sees what this terminal is sent.
    }

    void ITerminalListener.Raise(TerminalEvent terminalEvent)
    {
        // A window would ring, or change its title bar.
    }

    private string[] Rows(long first, int count, TextFormat format)
    {
        var text = new ArrayBufferWriter<byte>();
        ScreenText.Write(_emulator, first, count, format, text);
        return Encoding.UTF8.GetString(text.WrittenSpan).Split('\n')[..^1];
    }

    private OuterModes Modes()
    {
        var modes = _emulator.Modes;
        return new OuterModes
        {
            IsAlternateScreen = _emulator.IsAlternateScreen,
            IsCursorVisible = modes.CursorVisible,
            BracketedPaste = modes.BracketedPaste,
            FocusReports = modes.FocusReports,
            ApplicationCursorKeys = modes.ApplicationCursorKeys,
            ApplicationKeypad = modes.ApplicationKeypad,
            Autowrap = modes.Autowrap,
            Origin = modes.Origin,
            SynchronizedOutput = modes.SynchronizedOutput,
            ColorSchemeReports = modes.ColorSchemeReports,
            InBandResize = modes.InBandResize,
            Mouse = $"{modes.MouseTracking} {modes.MouseEncoding}",
            KittyFlags = modes.KittyFlags,
            ModifyOtherKeys = modes.ModifyOtherKeys,
            CursorShape = modes.CursorShape,
        };
    }
}
