namespace Tether.Testing.Programs;

/// <summary>
/// A composer as agents have one: a line editor in raw mode, with bracketed paste or without. Each text that Enter sends becomes a line of the log, in hexadecimal.
/// Enter sends, Alt-Enter is a new line, Control-C clears all, Control-U the line up to the cursor, Backspace a character, left and right move.
/// </summary>
public static class ComposerProgram
{
    private const string Source = """
        import os, sys, tty
        log = open(sys.argv[1], 'ab', 0)
        tty.setraw(0)
        os.write(1, (b'\x1b[?2004h' if sys.argv[2] == 'bracketed' else b'') + b'composer\r\n> ')
        text, cursor, escape, paste = b'', 0, None, False
        while True:
            data = os.read(0, 65536)
            if not data:
                break
            sent = 0
            for b in data:
                c = bytes([b])
                if escape is not None:
                    escape += c
                    if escape == b'\x1b[' or (escape[:2] == b'\x1b[' and not 0x40 <= b < 0x7f):
                        continue
                    if escape == b'\x1b[200~':
                        paste = True
                    elif escape == b'\x1b[201~':
                        paste = False
                    elif escape == b'\x1b\r':
                        text, cursor = text[:cursor] + b'\n' + text[cursor:], cursor + 1
                    elif escape == b'\x1b[D':
                        cursor = max(cursor - 1, 0)
                    elif escape == b'\x1b[C':
                        cursor = min(cursor + 1, len(text))
                    escape = None
                elif b == 27:
                    escape = c
                elif b == 13 and not paste:
                    log.write(text.hex().encode() + b'\n')
                    text, cursor, sent = b'', 0, sent + 1
                elif b == 3 and not paste:
                    text, cursor = b'', 0
                elif b == 21 and not paste:
                    start = text.rfind(b'\n', 0, cursor) + 1
                    text, cursor = text[:start] + text[cursor:], start
                elif b == 127 and not paste:
                    if cursor > 0:
                        text, cursor = text[:cursor - 1] + text[cursor:], cursor - 1
                else:
                    text, cursor = text[:cursor] + c + text[cursor:], cursor + 1
            os.write(1, b'\r\n' * sent + b'\r\x1b[K> ' + text[-40:].replace(b'\n', b' ').replace(b'\r', b' '))
        """;

    /// <summary>Needs python3.</summary>
    public static string[] Command(string log, bool isBracketed) => ["python3", "-c", Source, log, isBracketed ? "bracketed" : "plain"];
}
