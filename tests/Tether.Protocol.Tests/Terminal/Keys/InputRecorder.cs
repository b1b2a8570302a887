using System.Text;
using Tether.Protocol.Terminal.Keys;

namespace Tether.Protocol.Tests.Terminal.Keys;

/// <summary>Decodes bytes and remembers the events: keys as they came, and all of them as text.</summary>
internal sealed class InputRecorder : IInputListener
{
    public InputRecorder() => Decoder = new InputDecoder(this);

    public InputDecoder Decoder { get; }

    public List<KeyPress> Keys { get; } = [];

    public List<MouseEvent> MouseEvents { get; } = [];

    public List<string> Events { get; } = [];

    public InputRecorder Feed(string text) => Feed(Encoding.UTF8.GetBytes(text));

    public InputRecorder Feed(ReadOnlySpan<byte> bytes)
    {
        Decoder.Feed(bytes);
        return this;
    }

    public InputRecorder Flush()
    {
        Decoder.Flush();
        return this;
    }

    public void Key(in KeyPress press)
    {
        Keys.Add(press);
        string name = press.Key == Tether.Protocol.Terminal.Keys.Key.Character ? $"'{char.ConvertFromUtf32(press.CodePoint)}'" : $"{press.Key}";
        string modifiers = press.Modifiers == KeyModifiers.None ? "" : $" {press.Modifiers}".Replace(", ", "+", StringComparison.Ordinal);
        string action = press.Action == KeyAction.Press ? "" : $" {press.Action}";
        string alternates = (press.Unshifted == 0 ? "" : $" unshifted {(char)press.Unshifted}") + (press.BaseLayout == 0 ? "" : $" base {(char)press.BaseLayout}");
        Events.Add($"{name}{modifiers}{action}{alternates}{(press.Text is null ? "" : $" text {press.Text}")}");
    }

    public void Mouse(in MouseEvent mouse)
    {
        MouseEvents.Add(mouse);
        Events.Add($"{mouse.Action} {mouse.Button} at {mouse.Row},{mouse.Column}{(mouse.Modifiers == KeyModifiers.None ? "" : $" {mouse.Modifiers}")}");
    }

    public void Paste(ReadOnlySpan<byte> piece, bool isLast) => Events.Add($"paste {Encoding.UTF8.GetString(piece)}{(isLast ? "." : "")}");

    public void Focus(bool hasFocus) => Events.Add($"focus {hasFocus}");

    public void Reply(in TerminalReply reply) =>
        Events.Add($"{reply.Kind}{(reply.IsPrivate ? "?" : "")} {string.Join(',', reply.Numbers.ToArray())} {Encoding.UTF8.GetString(reply.Text)}");
}
