using Tether.Protocol.Terminal.Parsing;
using Tether.Protocol.Terminal.Screens;

namespace Tether.Protocol.Terminal.Sequences;

/// <summary>Answers to DA, DSR, XTVERSION and their like. Every query is hidden from viewers, answered or not.</summary>
internal static class Reports
{
    /// <summary>Hides the query and answers it.</summary>
    public static void Send(Screen screen, in Sequence query, ReadOnlySpan<byte> answer)
    {
        screen.Output.Hide(query.Start, query.End);
        if (!answer.IsEmpty)
        {
            screen.Output.Answer(answer);
        }
    }

    /// <summary>A query that gets no answer here, and must not get one from a viewer's terminal.</summary>
    public static void Refuse(Screen screen, in Sequence query) => screen.Output.Hide(query.Start, query.End);

    /// <summary>DA1: a VT220 with ANSI colour (22) and clipboard writing (52); no sixel, whatever a viewer can.</summary>
    public static void PrimaryAttributes(Screen screen, in Sequence query) => Send(screen, query, query[0] == 0 ? "\e[?62;22;52c"u8 : default);

    public static void SecondaryAttributes(Screen screen, in Sequence query) => Send(screen, query, query[0] == 0 ? "\e[>1;10;0c"u8 : default);

    public static void TertiaryAttributes(Screen screen, in Sequence query) => Send(screen, query, query[0] == 0 ? "\eP!|00000000\e\\"u8 : default);

    /// <summary>XTVERSION.</summary>
    public static void Version(Screen screen, in Sequence query)
    {
        var answer = new ByteText(stackalloc byte[64]);
        answer.Add("\eP>|"u8);
        answer.Add(screen.Options.Name);
        answer.Add((byte)'(');
        answer.Add(screen.Options.Version);
        answer.Add(")\e\\"u8);
        Send(screen, query, query[0] == 0 ? answer.Bytes : default);
    }

    /// <summary>DSR 5 and 6.</summary>
    public static void Status(Screen screen, in Sequence query)
    {
        if (query[0] == 6)
        {
            CursorPosition(screen, query, isPrivate: false);
            return;
        }

        Send(screen, query, query[0] == 5 ? "\e[0n"u8 : default);
    }

    /// <summary>The DEC forms of DSR, and 996 for the colour scheme.</summary>
    public static void PrivateStatus(Screen screen, in Sequence query)
    {
        switch (query[0])
        {
            case 6:
                CursorPosition(screen, query, isPrivate: true);
                break;
            case 63:
                MacroChecksum(screen, query);
                break;
            default:
                Send(screen, query, Fixed(screen, query[0]));
                break;
        }
    }

    /// <summary>CSI ? 997 ; 1 n for dark, 2 for light: told unasked under mode 2031.</summary>
    public static void ColorScheme(Screen screen) => screen.Output.Answer(Scheme(screen));

    /// <summary>DECREQTPARM.</summary>
    public static void TerminalParameters(Screen screen, in Sequence query) => Send(screen, query, query[0] switch
    {
        0 => "\e[2;1;1;128;128;1;0x"u8,
        1 => "\e[3;1;1;128;128;1;0x"u8,
        _ => default,
    });

    /// <summary>The kitty keyboard's CSI ? u.</summary>
    public static void KittyKeyboard(Screen screen, in Sequence query)
    {
        var answer = new ByteText(stackalloc byte[16]);
        answer.Add("\e[?"u8);
        answer.Add((int)screen.Kitty.Current);
        answer.Add((byte)'u');
        Send(screen, query, answer.Bytes);
    }

    /// <summary>XTQMODKEYS: CSI ? 4 m.</summary>
    public static void ModifyOtherKeys(Screen screen, in Sequence query)
    {
        var answer = new ByteText(stackalloc byte[16]);
        answer.Add("\e[>4;"u8);
        answer.Add(screen.Modes.ModifyOtherKeys);
        answer.Add((byte)'m');
        Send(screen, query, query[0] == 4 ? answer.Bytes : default);
    }

    /// <summary>DECRQCRA: CSI id ; page ; top ; left ; bottom ; right * y.</summary>
    public static void Checksum(Screen screen, in Sequence query)
    {
        var answer = new ByteText(stackalloc byte[32]);
        answer.Add("\eP"u8);
        answer.Add(query[0]);
        answer.Add("!~"u8);
        answer.AddHex(Rectangles.Checksum(screen, Rectangle.Read(screen, query, 2)), 'X', 4);
        answer.Add("\e\\"u8);
        Send(screen, query, answer.Bytes);
    }

    /// <summary>DECRQPSR: 1 cursor information (DECCIR), 2 tab stops (DECTABSR).</summary>
    public static void PresentationState(Screen screen, in Sequence query)
    {
        var answer = new ByteText(stackalloc byte[256]);
        switch (query[0])
        {
            case 1:
                WriteCursorInformation(ref answer, screen);
                break;
            case 2:
                answer.Add("\eP2$u"u8);
                bool first = true;
                for (int column = 0; column < screen.Columns; column++)
                {
                    if (screen.Tabs[column])
                    {
                        answer.Add(first ? ""u8 : "/"u8);
                        answer.Add(column + 1);
                        first = false;
                    }
                }

                answer.Add("\e\\"u8);
                break;
        }

        Send(screen, query, answer.Bytes);
    }

    /// <summary>XTSMGRAPHICS: no graphics here.</summary>
    public static void Graphics(Screen screen, in Sequence query)
    {
        var answer = new ByteText(stackalloc byte[24]);
        answer.Add("\e[?"u8);
        answer.Add(query[0]);
        answer.Add(";1;0S"u8);
        Send(screen, query, answer.Bytes);
    }

    /// <summary>DECRQDE: the whole page is shown.</summary>
    public static void DisplayedExtent(Screen screen, in Sequence query)
    {
        var answer = new ByteText(stackalloc byte[32]);
        answer.Add("\e["u8);
        answer.Add(screen.Rows);
        answer.Add((byte)';');
        answer.Add(screen.Columns);
        answer.Add(";1;1;1\"w"u8);
        Send(screen, query, answer.Bytes);
    }

    /// <summary>DECRQLP: there is no locator.</summary>
    public static void Locator(Screen screen, in Sequence query) => Send(screen, query, "\e[0&w"u8);

    /// <summary>Mode 2048: rows, columns, height and width in pixels.</summary>
    public static void InBandSize(Screen screen)
    {
        TerminalOptions options = screen.Options;
        var answer = new ByteText(stackalloc byte[48]);
        answer.Add("\e[48;"u8);
        answer.Add(screen.Rows);
        answer.Add((byte)';');
        answer.Add(screen.Columns);
        answer.Add((byte)';');
        answer.Add(screen.Rows * options.CellHeight);
        answer.Add((byte)';');
        answer.Add(screen.Columns * options.CellWidth);
        answer.Add((byte)'t');
        screen.Output.Answer(answer.Bytes);
    }

    private static ReadOnlySpan<byte> Fixed(Screen screen, int what) => what switch
    {
        15 => "\e[?13n"u8,
        25 => "\e[?20n"u8,
        26 => "\e[?27;1;0;0n"u8,
        53 or 55 => "\e[?50n"u8,
        56 => "\e[?57;0n"u8,
        62 => "\e[0*{"u8,
        75 => "\e[?70n"u8,
        85 => "\e[?83n"u8,
        996 => Scheme(screen),
        _ => default,
    };

    private static ReadOnlySpan<byte> Scheme(Screen screen) => screen.Colors.Base.IsDark ? "\e[?997;1n"u8 : "\e[?997;2n"u8;

    private static void CursorPosition(Screen screen, in Sequence query, bool isPrivate)
    {
        bool origin = screen.Modes.Origin;
        var answer = new ByteText(stackalloc byte[32]);
        answer.Add(isPrivate ? "\e[?"u8 : "\e["u8);
        answer.Add(screen.Row - (origin ? screen.Top : 0) + 1);
        answer.Add((byte)';');
        answer.Add(screen.Column - (origin ? screen.Left : 0) + 1);
        answer.Add(isPrivate ? ";1R"u8 : "R"u8);
        Send(screen, query, answer.Bytes);
    }

    private static void MacroChecksum(Screen screen, in Sequence query)
    {
        var answer = new ByteText(stackalloc byte[24]);
        answer.Add("\eP"u8);
        answer.Add(query[1]);
        answer.Add("!~0000\e\\"u8);
        Send(screen, query, answer.Bytes);
    }

    // DECCIR: row; column; page; rendition; protection; flags; GL; GR; set sizes; sets.
    private static void WriteCursorInformation(ref ByteText answer, Screen screen)
    {
        StyleFlags flags = screen.Style.Flags;
        int rendition = 0x40 | ((flags & StyleFlags.Bold) != 0 ? 1 : 0) | ((flags & StyleFlags.UnderlineMask) != 0 ? 2 : 0)
            | ((flags & StyleFlags.Blink) != 0 ? 4 : 0) | ((flags & StyleFlags.Inverse) != 0 ? 8 : 0);
        int state = 0x40 | (screen.Modes.Origin ? 1 : 0) | (screen.Charsets.Single == 2 ? 2 : 0) | (screen.Charsets.Single == 3 ? 4 : 0)
            | (screen.PendingWrap ? 8 : 0);
        answer.Add("\eP1$u"u8);
        answer.Add(screen.Row + 1);
        answer.Add((byte)';');
        answer.Add(screen.Column + 1);
        answer.Add(";1;"u8);
        answer.Add((byte)rendition);
        answer.Add((byte)';');
        answer.Add((byte)(0x40 | (screen.Protection != 0 ? 1 : 0)));
        answer.Add((byte)';');
        answer.Add((byte)state);
        answer.Add((byte)';');
        answer.Add(screen.Charsets.Left);
        answer.Add((byte)';');
        answer.Add(screen.Charsets.Right);
        answer.Add(";@;"u8);
        for (int set = 0; set < 4; set++)
        {
            answer.Add(screen.Charsets[set]);
        }

        answer.Add("\e\\"u8);
    }
}
