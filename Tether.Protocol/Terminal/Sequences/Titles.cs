using System.Text;
using Tether.Protocol.Terminal.Parsing;
using Tether.Protocol.Terminal.Screens;

namespace Tether.Protocol.Terminal.Sequences;

/// <summary>Window title and icon name (OSC 0, 1, 2, l, L), with xterm's hexadecimal modes.</summary>
internal static class Titles
{
    public static void SetModes(Screen screen, in Sequence sequence, bool on)
    {
        for (int i = 0; i < Math.Max(1, sequence.Count); i++)
        {
            switch (sequence[i])
            {
                case 0:
                    screen.Titles.SetsHex = on;
                    break;
                case 1:
                    screen.Titles.ReportsHex = on;
                    break;
            }
        }
    }

    public static void Set(Screen screen, ReadOnlySpan<byte> text, bool icon, bool window)
    {
        string title = PlainText.From(text, TitleState.MaxLength);
        if (screen.Titles.SetsHex)
        {
            try
            {
                title = PlainText.From(Convert.FromHexString(title), TitleState.MaxLength);
            }
            catch (FormatException)
            {
                return;
            }
        }

        if (icon)
        {
            screen.Titles.Icon = title;
        }

        if (window && title != screen.Titles.Window)
        {
            screen.Titles.Window = title;
            if (screen.Output.Listens)
            {
                screen.Output.Raise(new TerminalEvent.Title(title));
            }
        }
    }

    /// <summary>The title as CSI 21 t would report it in xterm.</summary>
    public static string Reported(TitleState titles) =>
        titles.ReportsHex ? Convert.ToHexString(Encoding.UTF8.GetBytes(titles.Window)) : titles.Window;
}
