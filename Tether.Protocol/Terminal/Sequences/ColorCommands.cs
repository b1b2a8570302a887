using System.Buffers.Text;
using Tether.Protocol.Terminal.Parsing;
using Tether.Protocol.Terminal.Screens;

namespace Tether.Protocol.Terminal.Sequences;

/// <summary>OSC 4, 5 and 10–19 set and ask colours, 104, 105 and 110–119 reset them.</summary>
internal static class ColorCommands
{
    public static void Apply(Screen screen, in Sequence sequence, int number, ReadOnlySpan<byte> text, StringTerminator terminator)
    {
        switch (number)
        {
            case 4 or 5:
                Palette(screen, sequence, number, text, terminator);
                break;
            case >= 10 and <= 19:
                Dynamic(screen, sequence, number, text, terminator);
                break;
            case 104 or 105:
                ResetPalette(screen.Colors, text, number == 104);
                break;
            case >= 110:
                screen.Colors.SetDynamic(number - 100, -1);
                break;
        }
    }

    // index ; spec pairs. OSC 5 counts the special colours from 0, OSC 4 from 256.
    private static void Palette(Screen screen, in Sequence sequence, int number, ReadOnlySpan<byte> text, StringTerminator terminator)
    {
        var answer = new ByteText(stackalloc byte[512]);
        bool asks = false;
        while (!text.IsEmpty)
        {
            bool valid = Utf8Parser.TryParse(NextPart(ref text), out int index, out _);
            ReadOnlySpan<byte> spec = NextPart(ref text);
            int slot = number == 5 ? index + ColorState.PaletteSize : index;
            if (!valid || index < 0 || slot >= ColorState.PaletteSize + ColorState.SpecialCount)
            {
                continue;
            }

            if (spec is [(byte)'?'])
            {
                asks = true;
                answer.Add("\e]"u8);
                answer.Add(number);
                answer.Add((byte)';');
                answer.Add(index);
                answer.Add((byte)';');
                AddColor(ref answer, screen.Colors[slot], terminator);
            }
            else if (ColorSpec.TryParse(spec, out int color))
            {
                screen.Colors[slot] = color;
            }
        }

        if (asks)
        {
            Reports.Send(screen, sequence, answer.Bytes);
        }
    }

    // Each further spec is for the next number.
    private static void Dynamic(Screen screen, in Sequence sequence, int number, ReadOnlySpan<byte> text, StringTerminator terminator)
    {
        var answer = new ByteText(stackalloc byte[256]);
        bool asks = false;
        for (; !text.IsEmpty && number <= ColorState.DynamicLast; number++)
        {
            ReadOnlySpan<byte> spec = NextPart(ref text);
            if (spec is [(byte)'?'])
            {
                asks = true;
                answer.Add("\e]"u8);
                answer.Add(number);
                answer.Add((byte)';');
                AddColor(ref answer, screen.Colors.Dynamic(number), terminator);
            }
            else if (ColorSpec.TryParse(spec, out int color))
            {
                screen.Colors.SetDynamic(number, color);
            }
        }

        if (asks)
        {
            Reports.Send(screen, sequence, answer.Bytes);
        }
    }

    private static void ResetPalette(ColorState colors, ReadOnlySpan<byte> text, bool palette)
    {
        if (text.IsEmpty)
        {
            if (palette)
            {
                colors.ResetPalette();
            }
            else
            {
                colors.ResetSpecial();
            }

            return;
        }

        while (!text.IsEmpty)
        {
            if (Utf8Parser.TryParse(NextPart(ref text), out int index, out _))
            {
                int slot = palette ? index : index + ColorState.PaletteSize;
                if (index >= 0 && slot < ColorState.PaletteSize + ColorState.SpecialCount)
                {
                    colors.Reset(slot);
                }
            }
        }
    }

    private static void AddColor(ref ByteText answer, int color, StringTerminator terminator)
    {
        answer.Add("rgb:"u8);
        for (int shift = 16; shift >= 0; shift -= 8)
        {
            int component = (color >> shift) & 0xFF;
            answer.AddHex(component * 0x101, 'x', 4);
            answer.Add(shift > 0 ? "/"u8 : ""u8);
        }

        answer.Add(OscCommands.Terminator(terminator));
    }

    private static ReadOnlySpan<byte> NextPart(ref ReadOnlySpan<byte> text)
    {
        int separator = text.IndexOf((byte)';');
        ReadOnlySpan<byte> part = separator < 0 ? text : text[..separator];
        text = separator < 0 ? default : text[(separator + 1)..];
        return part;
    }
}
