using Tether.Protocol.Terminal.Parsing;
using Tether.Protocol.Terminal.Screens;

namespace Tether.Protocol.Terminal.Images;

/// <summary>Takes the strings that carry images as they stream by, and acts when they end. Its memory does not depend on theirs.</summary>
internal sealed class ImageStream
{
    private readonly KittyImages _kitty = new();
    private readonly ITermImages _iTerm = new();
    private SixelMeter _sixel;
    private ImageKind _kind;

    // Bytes of the introducer still to pass over: G, or 1337 and its semicolon.
    private int _head;

    private static ReadOnlySpan<byte> OscNumber => "1337;"u8;

    /// <summary>The kind of image that a string which begins like this carries, if any.</summary>
    public static ImageKind? KindOf(ControlString kind, in Sequence sequence, ReadOnlySpan<byte> start) => kind switch
    {
        ControlString.Dcs when sequence is { Final: (byte)'q', Intermediates: 0, Prefix: 0 } => ImageKind.Sixel,
        ControlString.Apc when start.StartsWith("G"u8) => ImageKind.Kitty,
        ControlString.Osc when start.StartsWith("1337;File"u8) || start.StartsWith("1337;Mult"u8) => ImageKind.ITerm2,
        _ => null,
    };

    public void Begin(ImageKind kind)
    {
        _kind = kind;
        switch (kind)
        {
            case ImageKind.Sixel:
                _head = 0;
                _sixel = default;
                break;
            case ImageKind.Kitty:
                _head = 1;
                _kitty.Begin();
                break;
            default:
                _head = OscNumber.Length;
                _iTerm.Begin();
                break;
        }
    }

    public void Add(ReadOnlySpan<byte> part)
    {
        int head = Math.Min(_head, part.Length);
        _head -= head;
        part = part[head..];
        switch (_kind)
        {
            case ImageKind.Sixel:
                _sixel.Add(part);
                break;
            case ImageKind.Kitty:
                _kitty.Add(part);
                break;
            default:
                _iTerm.Add(part);
                break;
        }
    }

    public void End(Screen screen, in Sequence sequence)
    {
        switch (_kind)
        {
            case ImageKind.Sixel:
                SixelImages.Show(screen, _sixel.Finish());
                break;
            case ImageKind.Kitty:
                _kitty.End(screen, sequence);
                break;
            default:
                _iTerm.End(screen);
                break;
        }
    }

    /// <summary>RIS.</summary>
    public void Clear()
    {
        _kitty.Clear();
        _iTerm.Clear();
    }
}
