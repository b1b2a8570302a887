using System.Buffers.Text;

namespace Tether.Protocol.Terminal.Images;

/// <summary>
/// The control data of one APC G, as far as it says where an image goes: <c>key=value,…</c>, keys of one letter, values a letter or a number.
/// Source: kitty's "Terminal graphics protocol".
/// </summary>
internal struct KittyCommand
{
    public KittyCommand()
    {
    }

    /// <summary>a: t transmit, T and show, p show, d delete, q query, f, a, c animation.</summary>
    public char Action { get; private set; } = 't';

    /// <summary>d: which to delete.</summary>
    public char Delete { get; private set; } = 'a';

    /// <summary>t: d the data is here; f, t, s it is elsewhere.</summary>
    public char Medium { get; private set; } = 'd';

    /// <summary>o: z for deflated data.</summary>
    public char Compression { get; private set; } = '\0';

    /// <summary>f: 24, 32 bits a pixel, or 100 for PNG.</summary>
    public uint Format { get; private set; } = 32;

    /// <summary>s, v: size in pixels.</summary>
    public PixelSize Size { get; private set; }

    public uint Id { get; private set; }

    public uint Number { get; private set; }

    public uint Placement { get; private set; }

    /// <summary>x, y, w, h: the part of the image to show; of deletions x and y are a cell.</summary>
    public uint X { get; private set; }

    public uint Y { get; private set; }

    public uint Width { get; private set; }

    public uint Height { get; private set; }

    /// <summary>X, Y: pixels by which the image begins inside its first cell.</summary>
    public uint OffsetX { get; private set; }

    public uint OffsetY { get; private set; }

    /// <summary>c, r: the cells to scale it to.</summary>
    public uint Columns { get; private set; }

    public uint Rows { get; private set; }

    /// <summary>z: below 0 it is under the text.</summary>
    public int Z { get; private set; }

    /// <summary>C=1.</summary>
    public bool KeepsCursor { get; private set; }

    /// <summary>U=1: shown only where the program prints U+10EEEE.</summary>
    public bool IsVirtual { get; private set; }

    /// <summary>P: placed beside another image.</summary>
    public bool IsRelative { get; private set; }

    /// <summary>m=1: the data goes on in the next command.</summary>
    public bool GoesOn { get; private set; }

    /// <summary>Says what it is (a, f, s, v), as a later chunk of data does not.</summary>
    public bool BeginsAnew { get; private set; }

    public readonly bool IsTransmission => Action is 't' or 'T' or 'q' or 'f';

    /// <summary>What is not understood is left out.</summary>
    public static KittyCommand Parse(ReadOnlySpan<byte> keys)
    {
        var command = new KittyCommand();
        uint width = 0;
        uint height = 0;
        foreach (Range range in keys.Split((byte)','))
        {
            ReadOnlySpan<byte> pair = keys[range];
            if (pair.Length < 3 || pair[1] != '=')
            {
                continue;
            }

            ReadOnlySpan<byte> value = pair[2..];
            command.BeginsAnew |= pair[0] is (byte)'a' or (byte)'f' or (byte)'s' or (byte)'v';
            char letter = value.Length == 1 ? (char)value[0] : '\0';
            bool isNumber = Utf8Parser.TryParse(value, out uint number, out int read) && read == value.Length;
            width = pair[0] == 's' ? number : width;
            height = pair[0] == 'v' ? number : height;
            if (!command.SetLetter((char)pair[0], letter) && isNumber)
            {
                command.SetNumber((char)pair[0], number);
            }
            else if (pair[0] == 'z')
            {
                command.Z = Utf8Parser.TryParse(value, out int z, out read) && read == value.Length ? z : 0;
            }
        }

        command.Size = PixelSize.Of(width, height);
        return command;
    }

    private bool SetLetter(char key, char value)
    {
        switch (key)
        {
            case 'a':
                Action = value;
                return true;
            case 'd':
                Delete = value;
                return true;
            case 't':
                Medium = value;
                return true;
            case 'o':
                Compression = value;
                return true;
            default:
                return key == 'z';
        }
    }

    private void SetNumber(char key, uint value)
    {
        switch (key)
        {
            case 'f': Format = value; break;
            case 'i': Id = value; break;
            case 'I': Number = value; break;
            case 'p': Placement = value; break;
            case 'x': X = value; break;
            case 'y': Y = value; break;
            case 'w': Width = value; break;
            case 'h': Height = value; break;
            case 'X': OffsetX = value; break;
            case 'Y': OffsetY = value; break;
            case 'c': Columns = value; break;
            case 'r': Rows = value; break;
            case 'C': KeepsCursor = value == 1; break;
            case 'U': IsVirtual = value == 1; break;
            case 'P': IsRelative = value != 0; break;
            case 'm': GoesOn = value == 1; break;
        }
    }
}
