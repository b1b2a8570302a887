using System.Buffers.Text;

namespace Tether.Protocol.Terminal.Keys;

/// <summary>Tells replies apart by their form.</summary>
internal static class ReplyDecoder
{
    public static ReplyKind KindOf(in InputParameters parameters, byte final) => (parameters.Prefix, parameters.Intermediate, final) switch
    {
        ((byte)'?', 0, (byte)'c') => ReplyKind.PrimaryAttributes,
        ((byte)'>', 0, (byte)'c') => ReplyKind.SecondaryAttributes,
        ((byte)'?', 0, (byte)'n') when parameters.Get(0) == 997 => ReplyKind.ColorScheme,
        (0 or (byte)'?', 0, (byte)'n') => ReplyKind.Status,
        (0 or (byte)'?', 0, (byte)'R') => ReplyKind.CursorPosition,
        (0 or (byte)'?', (byte)'$', (byte)'y') => ReplyKind.Mode,
        ((byte)'?', 0, (byte)'u') => ReplyKind.KittyFlags,
        ((byte)'>', 0, (byte)'m') => ReplyKind.KeyModifiers,
        (0, 0, (byte)'t') => ReplyKind.Window,
        _ => ReplyKind.Unknown,
    };

    /// <summary>A control string, by what introduced it: ']', 'P' or '_'.</summary>
    public static void Send(byte introducer, ReadOnlySpan<byte> body, IInputListener listener)
    {
        Span<int> number = [-1];
        switch (introducer)
        {
            case (byte)']' when body is [(byte)'l' or (byte)'L', ..]:
                listener.Reply(new TerminalReply { Kind = ReplyKind.Title, Text = body[1..] });
                break;
            case (byte)']':
                number[0] = Utf8Parser.TryParse(body, out int command, out int used) ? command : -1;
                ReadOnlySpan<byte> rest = body[used..];
                listener.Reply(new TerminalReply
                {
                    Kind = command switch { 4 or 5 or (>= 10 and <= 19) => ReplyKind.Color, 52 => ReplyKind.Clipboard, _ => ReplyKind.Unknown },
                    Numbers = number,
                    Text = rest is [(byte)';', ..] ? rest[1..] : rest,
                });
                break;
            case (byte)'P':
                (ReplyKind kind, int head) = OfDcs(body);
                number[0] = head == 3 ? body[0] - '0' : -1;
                listener.Reply(new TerminalReply { Kind = kind, Numbers = number, Text = body[head..] });
                break;
            default:
                listener.Reply(new TerminalReply { Kind = ReplyKind.Graphics, Text = body[1..] });
                break;
        }
    }

    private static (ReplyKind Kind, int Head) OfDcs(ReadOnlySpan<byte> body) => body switch
    {
        [(byte)'>', (byte)'|', ..] => (ReplyKind.Version, 2),
        [(byte)'!', (byte)'|', ..] => (ReplyKind.TertiaryAttributes, 2),
        [>= (byte)'0' and <= (byte)'9', (byte)'$', (byte)'r', ..] => (ReplyKind.Setting, 3),
        [>= (byte)'0' and <= (byte)'9', (byte)'+', (byte)'r', ..] => (ReplyKind.Capability, 3),
        _ => (ReplyKind.Unknown, 0),
    };
}
