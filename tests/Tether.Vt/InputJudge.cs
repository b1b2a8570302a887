using System.Buffers;
using System.Globalization;
using System.Text.Json;
using Tether.Protocol.Terminal;
using Tether.Protocol.Terminal.Keys;

namespace Tether.Vt;

/// <summary>
/// Keyboard and mouse: steps, and the bytes that the last of them sends. The suite's keyboard always has what xterm calls
/// modifyOtherKeys 1 with formatOtherKeys 1.
/// </summary>
internal sealed class InputJudge : ITerminalListener
{
    private readonly TerminalEmulator _terminal;
    private ArrayBufferWriter<byte> _output = new();
    private (int Row, int Column) _mouse;
    private int _button;

    private InputJudge(Case test)
    {
        _terminal = new TerminalEmulator(new TerminalOptions { Columns = test.Columns, Rows = test.Rows }, this);
        _terminal.Feed("\e[>4;1m\e[>4;1f"u8);
    }

    public static string? Check(Case test, byte[] expected)
    {
        var judge = new InputJudge(test);
        foreach (JsonElement step in test.Steps)
        {
            judge._output = new ArrayBufferWriter<byte>();
            judge.Do(step[0].GetString()!, step[1].GetString()!);
        }

        byte[] sent = judge._output.WrittenSpan.ToArray();
        return sent.AsSpan().SequenceEqual(expected) ? null : $"want {Convert.ToHexString(expected)} got {Convert.ToHexString(sent)}";
    }

    public void Answer(ReadOnlySpan<byte> answer) => _output.Write(answer);

    public void Hide(long start, long end)
    {
    }

    public void Raise(TerminalEvent terminalEvent)
    {
    }

    private void Do(string kind, string argument)
    {
        string[] words = argument.Split(' ');
        switch (kind)
        {
            case "w":
                _terminal.Feed(Convert.FromBase64String(argument));
                break;
            case "inchar":
                KeyEncoder.Encode(KeyPress.Of(int.Parse(words[1], NumberStyles.HexNumber), Modifiers(words[0])), _terminal.Modes, _output);
                break;
            case "inkey":
                KeyEncoder.Encode(KeyPress.Of(KeyOf(words[1]), Modifiers(words[0])), _terminal.Modes, _output);
                break;
            case "paste":
                _output.Write(words[0] == "START" ? PasteEncoder.StartMark(_terminal.Modes) : PasteEncoder.EndMark(_terminal.Modes));
                break;
            case "focus":
                _output.Write(PasteEncoder.Focus(words[0] == "IN", _terminal.Modes));
                break;
            case "mousemove":
                Move(words);
                break;
            case "mousebtn":
                Press(words);
                break;
        }
    }

    private void Move(string[] words)
    {
        string[] position = words[0].Split(',');
        (int Row, int Column) to = (int.Parse(position[0]), int.Parse(position[1]));
        if (to != _mouse)
        {
            _mouse = to;
            Send(MouseAction.Move, _button, words.Length > 1 ? words[1] : "0");
        }
    }

    private void Press(string[] words)
    {
        int button = int.Parse(words[1]);
        bool isDown = words[0] == "d";
        _button = button > 3 ? _button : isDown ? button : 0;
        Send(isDown ? MouseAction.Press : MouseAction.Release, button, words[2]);
    }

    private void Send(MouseAction action, int button, string modifiers) =>
        MouseEncoder.Encode(new MouseEvent(action, button, _mouse.Row, _mouse.Column, Modifiers(modifiers)), _terminal.Modes, _output);

    private static KeyModifiers Modifiers(string letters) =>
        (letters.Contains('S') ? KeyModifiers.Shift : 0) | (letters.Contains('A') ? KeyModifiers.Alt : 0) | (letters.Contains('C') ? KeyModifiers.Control : 0);

    private static Key KeyOf(string name) => name switch
    {
        "Ins" => Key.Insert,
        "Del" => Key.Delete,
        _ when name.StartsWith("KP", StringComparison.Ordinal) && char.IsAsciiDigit(name[2]) => (Key)((int)Key.Keypad0 + (name[2] - '0')),
        _ => Enum.Parse<Key>(name),
    };
}
