using System.Buffers;
using System.Text;
using Tether.Protocol.Terminal.Parsing;
using Tether.Protocol.Terminal.Screens;

namespace Tether.Protocol.Terminal.Sequences;

/// <summary>Device control strings: DECRQSS, XTGETTCAP, DECRSPS. The rest means nothing to the screen and passes to terminals that know it; sixel is in
/// <see cref="Images.SixelImages"/>.</summary>
internal static class DcsCommands
{
    private static readonly SearchValues<byte> HexDigits = SearchValues.Create("0123456789abcdefABCDEF"u8);

    public static void Dispatch(Screen screen, in Sequence sequence, ReadOnlySpan<byte> text)
    {
        switch ((char)sequence.Intermediates, (char)sequence.Final)
        {
            case ('$', 'q'):
                RequestSetting(screen, sequence, text);
                break;
            case ('+', 'q'):
                RequestCapabilities(screen, sequence, text);
                break;
            case ('$', 't'):
                RestorePresentation(screen, sequence, text);
                break;
        }
    }

    /// <summary>DECRQSS: the parameters that would set what is set now.</summary>
    private static void RequestSetting(Screen screen, in Sequence sequence, ReadOnlySpan<byte> name)
    {
        var answer = new ByteText(stackalloc byte[128]);
        answer.Add("\eP1$r"u8);
        switch (Encoding.ASCII.GetString(name[..Math.Min(name.Length, 4)]))
        {
            case "m":
                SgrText.Write(ref answer, screen.Style, colons: true);
                break;
            case "r":
                answer.Add(screen.Top + 1);
                answer.Add((byte)';');
                answer.Add(screen.Bottom);
                break;
            case "s" when screen.ConformanceLevel >= 4:
                answer.Add(screen.Left + 1);
                answer.Add((byte)';');
                answer.Add(screen.Right);
                break;
            case "\"p":
                answer.Add(60 + screen.ConformanceLevel);
                answer.Add(";1"u8);
                break;
            case "\"q":
                answer.Add(screen.ProtectionKind == ProtectionKind.Dec ? screen.ProtectionParameter : 0);
                break;
            case " q":
                answer.Add(screen.Modes.CursorShape == CursorShape.Default ? 1 : (int)screen.Modes.CursorShape);
                break;
            case "t":
            case "*|":
                answer.Add(screen.Rows);
                break;
            case "$|":
                answer.Add(screen.Columns);
                break;
            case "*x":
                answer.Add(screen.ChangesWholeLines ? 1 : 2);
                break;
            default:
                Reports.Send(screen, sequence, "\eP0$r\e\\"u8);
                return;
        }

        answer.Add(name);
        answer.Add("\e\\"u8);
        Reports.Send(screen, sequence, answer.Bytes);
    }

    /// <summary>XTGETTCAP: names in hexadecimal, separated by ';'; one reply for each, all in one answer.</summary>
    private static void RequestCapabilities(Screen screen, in Sequence sequence, ReadOnlySpan<byte> names)
    {
        var answer = new ByteText(stackalloc byte[256]);
        foreach (Range range in names.Split((byte)';'))
        {
            ReadOnlySpan<byte> name = names[range];
            string? value = Capability(screen, name);
            answer.Add(value is null ? "\eP0+r"u8 : "\eP1+r"u8);
            foreach (byte b in name)
            {
                // Echoed only as far as it is what it should be.
                if (char.IsAsciiHexDigit((char)b))
                {
                    answer.Add(b);
                }
            }

            if (!string.IsNullOrEmpty(value))
            {
                answer.Add((byte)'=');
                answer.Add(Convert.ToHexString(Encoding.ASCII.GetBytes(value)));
            }

            answer.Add("\e\\"u8);
        }

        Reports.Send(screen, sequence, answer.Bytes);
    }

    private static string? Capability(Screen screen, ReadOnlySpan<byte> hexName)
    {
        if (hexName.Length is 0 or > 64 || hexName.Length % 2 != 0 || hexName.ContainsAnyExcept(HexDigits))
        {
            return null;
        }

        return Encoding.ASCII.GetString(Convert.FromHexString(Encoding.ASCII.GetString(hexName))) switch
        {
            "TN" or "name" => screen.Options.Name,
            "Co" or "colors" => "256",
            "RGB" => "8/8/8",
            "Tc" or "Su" or "bce" or "XT" => "",
            "Ms" => "\\E]52;%p1%s;%p2%s\\E\\\\",
            "Smulx" => "\\E[4:%p1%dm",
            "Setulc" => "\\E[58:2::%p1%{65536}%/%d:%p1%{256}%/%{255}%&%d:%p1%{255}%&%dm",
            "Ss" => "\\E[%p1%d q",
            "Se" => "\\E[0 q",
            "Sync" => "\\E[?2026%?%p1%{1}%-%tl%eh%;",
            _ => null,
        };
    }

    /// <summary>DECRSPS 2: tab stops as DECTABSR reported them.</summary>
    private static void RestorePresentation(Screen screen, in Sequence sequence, ReadOnlySpan<byte> text)
    {
        if (sequence[0] != 2)
        {
            return;
        }

        screen.Tabs.ClearAll();
        foreach (Range range in text.Split((byte)'/'))
        {
            if (System.Buffers.Text.Utf8Parser.TryParse(text[range], out int column, out _) && column >= 1 && column <= screen.Columns)
            {
                screen.Tabs[column - 1] = true;
            }
        }
    }
}
