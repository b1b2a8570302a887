using System.Buffers.Text;

namespace Tether.Protocol.Terminal.Images;

/// <summary>The <c>key=value;…</c> of OSC 1337 ; File, as far as they say where the image goes. Source: iTerm2's "Inline Images Protocol".</summary>
internal readonly record struct ITermArguments(bool IsInline, bool KeepsCursor, ITermUnit WidthUnit, int Width, ITermUnit HeightUnit, int Height)
{
    public static ITermArguments Parse(ReadOnlySpan<byte> text)
    {
        var arguments = default(ITermArguments);
        foreach (Range range in text.Split((byte)';'))
        {
            ReadOnlySpan<byte> pair = text[range];
            int equals = pair.IndexOf((byte)'=');
            if (equals <= 0)
            {
                continue;
            }

            ReadOnlySpan<byte> key = pair[..equals];
            (ITermUnit unit, int value) = Length(pair[(equals + 1)..]);
            arguments = key.SequenceEqual("inline"u8) ? arguments with { IsInline = value != 0 }
                : key.SequenceEqual("doNotMoveCursor"u8) ? arguments with { KeepsCursor = value != 0 }
                : key.SequenceEqual("width"u8) ? arguments with { WidthUnit = unit, Width = value }
                : key.SequenceEqual("height"u8) ? arguments with { HeightUnit = unit, Height = value }
                : arguments;
        }

        return arguments;
    }

    /// <summary>N cells, Npx, N% or auto.</summary>
    private static (ITermUnit Unit, int Value) Length(ReadOnlySpan<byte> text)
    {
        if (text.SequenceEqual("auto"u8))
        {
            return (ITermUnit.Auto, 0);
        }

        ITermUnit unit = text.EndsWith("px"u8) ? ITermUnit.Pixels : text.EndsWith("%"u8) ? ITermUnit.Percent : ITermUnit.Cells;
        return (unit, Utf8Parser.TryParse(text, out long value, out _) ? (int)Math.Clamp(value, 0, PixelSize.Most) : 0);
    }
}
