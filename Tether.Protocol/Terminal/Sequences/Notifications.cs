using System.Text;
using Tether.Protocol.Terminal.Parsing;
using Tether.Protocol.Terminal.Screens;

namespace Tether.Protocol.Terminal.Sequences;

/// <summary>OSC 9, 777 and 99: what a program wants the person to notice.</summary>
internal static class Notifications
{
    private const int MaxLength = 1024;

    public static void Raise(Screen screen, string caption, string body)
    {
        if (screen.Output.Listens && (caption.Length > 0 || body.Length > 0))
        {
            screen.Output.Raise(new TerminalEvent.Notification(caption, body));
        }
    }

    /// <summary>OSC 777 ; notify ; caption ; body.</summary>
    public static void Urxvt(Screen screen, ReadOnlySpan<byte> text)
    {
        string[] parts = PlainText.From(text, 2 * MaxLength).Split(';', 3);
        if (parts[0] == "notify" && parts.Length > 1)
        {
            Raise(screen, parts[1], parts.Length > 2 ? parts[2] : "");
        }
    }

    /// <summary>kitty's OSC 99 ; key=value:… ; payload. Each payload is raised as it comes; <c>p=?</c> asks what is supported.</summary>
    public static void Kitty(Screen screen, in Sequence sequence, ReadOnlySpan<byte> text, StringTerminator terminator)
    {
        int separator = text.IndexOf((byte)';');
        string keys = PlainText.From(separator < 0 ? text : text[..separator], 256);
        string id = "";
        string part = "title";
        bool isBase64 = false;
        foreach (string pair in keys.Split(':'))
        {
            id = pair.StartsWith("i=", StringComparison.Ordinal) ? pair[2..] : id;
            part = pair.StartsWith("p=", StringComparison.Ordinal) ? pair[2..] : part;
            isBase64 |= pair == "e=1";
        }

        if (part == "?")
        {
            var answer = new ByteText(stackalloc byte[128]);
            answer.Add("\e]99;i="u8);
            answer.Add(string.Concat(id.Where(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '+' or '.')));
            answer.Add(":p=?;p=title,body"u8);
            answer.Add(OscCommands.Terminator(terminator));
            Reports.Send(screen, sequence, answer.Bytes);
            return;
        }

        ReadOnlySpan<byte> payload = separator < 0 ? default : text[(separator + 1)..];
        string body = isBase64 ? Decode(payload) : PlainText.From(payload, MaxLength);
        switch (part)
        {
            case "title":
                Raise(screen, body, "");
                break;
            case "body":
                Raise(screen, "", body);
                break;
        }
    }

    private static string Decode(ReadOnlySpan<byte> base64)
    {
        var bytes = new byte[System.Buffers.Text.Base64.GetMaxDecodedFromUtf8Length(base64.Length)];
        System.Buffers.Text.Base64.DecodeFromUtf8(base64, bytes, out _, out int written);
        return PlainText.From(bytes.AsSpan(0, written), MaxLength);
    }
}
