using System.Buffers.Text;
using System.Text;
using Tether.Protocol.Terminal.Parsing;
using Tether.Protocol.Terminal.Screens;

namespace Tether.Protocol.Terminal.Sequences;

/// <summary>Operating system commands: <c>OSC number ; text</c>. Colours are in <see cref="ColorCommands"/>.</summary>
internal static class OscCommands
{
    private const int MaxLinkLength = 2083;
    private const int MaxTextLength = 2048;

    // A record of OSC 7501 carries a message in base64, which must not be cut.
    private const int MaxStatusLength = 4096;

    public static void Dispatch(Screen screen, in Sequence sequence, ReadOnlySpan<byte> text, StringTerminator terminator)
    {
        if (!Utf8Parser.TryParse(text, out int number, out int digits) || (digits < text.Length && text[digits] != ';') || number < 0)
        {
            SunTitle(screen, text);
            return;
        }

        bool hasText = digits < text.Length;
        ReadOnlySpan<byte> rest = hasText ? text[(digits + 1)..] : default;
        switch (number)
        {
            case 0 or 1 or 2:
                Titles.Set(screen, rest, icon: number != 2, window: number != 1);
                break;
            case 4 or 5 or (>= 10 and <= 19) or (>= 104 and <= 119):
                ColorCommands.Apply(screen, sequence, number, rest, terminator);
                break;
            case 7:
                SetDirectory(screen, rest);
                break;
            case 8:
                SetLink(screen, rest);
                break;
            case 9:
                Nine(screen, rest);
                break;
            case 52:
                Clipboard(screen, sequence, rest, terminator);
                break;
            case 99:
                Notifications.Kitty(screen, sequence, rest, terminator);
                break;
            case 133 or 633:
                Prompt(screen, rest);
                break;
            case 777:
                Notifications.Urxvt(screen, rest);
                break;
            case 1337:
                ITerm(screen, sequence, rest);
                break;
            case 7501:
                Status(screen, sequence, text, rest, terminator);
                break;

            // X properties, fonts, pointer shapes, allowed features, kitty's colours: their queries stay without answer.
            case 3 or 21 or 22 or 50 or 60 or 61:
                if (number >= 60 || rest.Contains((byte)'?'))
                {
                    Reports.Refuse(screen, sequence);
                }

                break;
        }
    }

    public static ReadOnlySpan<byte> Terminator(StringTerminator terminator) => terminator == StringTerminator.Bell ? "\a"u8 : "\e\\"u8;

    // shelltool's forms: OSC l title, OSC L icon name.
    private static void SunTitle(Screen screen, ReadOnlySpan<byte> text)
    {
        if (text.Length > 1 && text[0] is (byte)'l' or (byte)'L')
        {
            Titles.Set(screen, text[1..], icon: text[0] == 'L', window: text[0] == 'l');
        }
    }

    /// <summary>OSC 7 ; file://host/path.</summary>
    private static void SetDirectory(Screen screen, ReadOnlySpan<byte> text)
    {
        string uri = PlainText.From(text, MaxTextLength);
        string path = uri;
        if (uri.StartsWith("file://", StringComparison.OrdinalIgnoreCase))
        {
            int slash = uri.IndexOf('/', "file://".Length);
            path = slash < 0 ? "/" : PlainText.From(Encoding.UTF8.GetBytes(Uri.UnescapeDataString(uri[slash..])), MaxTextLength);
        }

        Announce(screen, path);
    }

    private static void Announce(Screen screen, string path)
    {
        if (path.Length == 0 || path == screen.WorkingDirectory)
        {
            return;
        }

        screen.WorkingDirectory = path;
        if (screen.Output.Listens)
        {
            screen.Output.Raise(new TerminalEvent.WorkingDirectory(path));
        }
    }

    /// <summary>OSC 8 ; key=value:… ; URI. An empty URI ends the link.</summary>
    private static void SetLink(Screen screen, ReadOnlySpan<byte> text)
    {
        int separator = text.IndexOf((byte)';');
        if (separator < 0 || text.Length - separator - 1 > MaxLinkLength)
        {
            screen.SetLink(null);
            return;
        }

        string uri = PlainText.From(text[(separator + 1)..], MaxLinkLength);
        if (uri.Length == 0)
        {
            screen.SetLink(null);
            return;
        }

        string id = "";
        foreach (string part in PlainText.From(text[..separator], 256).Split(':'))
        {
            id = part.StartsWith("id=", StringComparison.Ordinal) ? part[3..] : id;
        }

        screen.SetLink(new Hyperlink(id, uri));
    }

    // ConEmu's OSC 9 ; 4 ; state ; percent is progress and 9 ; 9 ; path a directory; all else is iTerm2's notification.
    private static void Nine(Screen screen, ReadOnlySpan<byte> text)
    {
        string all = PlainText.From(text, MaxTextLength);
        string[] parts = all.Split(';');
        if (parts[0] == "4" && parts.Length > 1)
        {
            bool valid = int.TryParse(parts[1], out int state) && state is >= 0 and <= 4;
            _ = int.TryParse(parts.Length > 2 ? parts[2] : "", out int percent);
            if (valid && screen.Output.Listens)
            {
                screen.Output.Raise(new TerminalEvent.Progress(state, Math.Clamp(percent, 0, 100)));
            }
        }
        else if (parts[0] == "9" && parts.Length > 1)
        {
            Announce(screen, all[2..].Trim('"'));
        }
        else if (!(parts[0].Length is 1 or 2 && parts.Length > 1 && int.TryParse(parts[0], out int command) && command <= 12))
        {
            Notifications.Raise(screen, "", all);
        }
    }

    private static void Clipboard(Screen screen, in Sequence sequence, ReadOnlySpan<byte> text, StringTerminator terminator)
    {
        int separator = text.IndexOf((byte)';');
        if (separator < 0)
        {
            return;
        }

        string selections = PlainText.From(text[..separator], 16);
        ReadOnlySpan<byte> data = text[(separator + 1)..];
        if (data is [(byte)'?'])
        {
            // Never the person's clipboard: the answer says that it is empty.
            var answer = new ByteText(stackalloc byte[64]);
            answer.Add("\e]52;"u8);
            answer.Add(selections);
            answer.Add((byte)';');
            answer.Add(Terminator(terminator));
            Reports.Send(screen, sequence, answer.Bytes);
            return;
        }

        if (screen.Output.Listens && Base64.IsValid(data))
        {
            screen.Output.Raise(new TerminalEvent.Clipboard(selections, Encoding.ASCII.GetString(data)));
        }
    }

    /// <summary>OSC 133 (FinalTerm) and 633 (VS Code): A, B, C, D[;exit code].</summary>
    private static void Prompt(Screen screen, ReadOnlySpan<byte> text)
    {
        if (text.IsEmpty || text[0] is < (byte)'A' or > (byte)'D' || (text.Length > 1 && text[1] != ';'))
        {
            return;
        }

        int? exitCode = null;
        if (text[0] == 'D' && text.Length > 2 && Utf8Parser.TryParse(text[2..], out int code, out _))
        {
            exitCode = code;
        }

        PromptMarks.Set(screen, (PromptMarkKind)text[0], exitCode);
        if (screen.Output.Listens)
        {
            screen.Output.Raise(new TerminalEvent.PromptMark((char)text[0], exitCode));
        }
    }

    // iTerm2: the directory is of use; queries must not reach a viewer. Images come by another way, see ImageStream.
    private static void ITerm(Screen screen, in Sequence sequence, ReadOnlySpan<byte> text)
    {
        if (text.StartsWith("CurrentDir="u8))
        {
            Announce(screen, PlainText.From(text["CurrentDir=".Length..], MaxTextLength));
        }
        else if (text.StartsWith("Capabilities"u8) || text.StartsWith("Report"u8) || text.StartsWith("Request"u8))
        {
            Reports.Refuse(screen, sequence);
        }
    }

    // OSC 7501 ; ? asks whether state records are understood: the same bytes say yes.
    private static void Status(Screen screen, in Sequence sequence, ReadOnlySpan<byte> whole, ReadOnlySpan<byte> text, StringTerminator terminator)
    {
        if (text is [(byte)'?'])
        {
            var answer = new ByteText(stackalloc byte[32]);
            answer.Add("\e]"u8);
            answer.Add(whole);
            answer.Add(Terminator(terminator));
            Reports.Send(screen, sequence, answer.Bytes);
        }
        else if (screen.Output.Listens && !text.IsEmpty)
        {
            screen.Output.Raise(new TerminalEvent.ProgramStatus(PlainText.From(text, MaxStatusLength)));
        }
    }
}
