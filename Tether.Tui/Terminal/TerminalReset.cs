using System.Text;

namespace Tether.Tui.Terminal;

/// <summary>Puts a terminal right when nobody can say any more which modes the session had set on it.</summary>
internal static class TerminalReset
{
    // Entering the alternate screen before leaving it makes the leave right from either screen: the cursor that it brings back is always
    // one that was saved, and on the alternate screen the enter does nothing.
    private const string LeaveAlternateScreen = "\e[?1049h\e[?1049l";

    private const string EndSynchronizedOutput = "\e[?2026l";
    private const string NoMouse = "\e[?9l\e[?1000l\e[?1001l\e[?1002l\e[?1003l\e[?1005l\e[?1006l\e[?1015l\e[?1016l\e[?1007l";
    private const string NoReports = "\e[?1004l\e[?2004l\e[?2031l\e[?2048l";
    private const string PlainKeys = "\e[?1l\e[?66l\e>\e[=0u\e[>4;0m";
    private const string PlainText = "\e[!p\e[?7h\e7\e[r\e8\e(B\x0f\e[m\e]8;;\e\\";
    private const string PlainCursor = "\e[?25h\e[0 q";

    private const string AllOff = EndSynchronizedOutput + PlainKeys + NoMouse + NoReports + LeaveAlternateScreen + PlainKeys + PlainText;

    /// <summary>Every mode off that a session may have turned on; the screen's text stays, the cursor ends below it.</summary>
    public static ReadOnlySpan<byte> Conservative => Encoding.ASCII.GetBytes(AllOff + PlainCursor + "\r\n\e[J");

    /// <summary>The same before another screen is painted; what the eye sees holds still until that screen ends synchronized output.</summary>
    public static ReadOnlySpan<byte> BeforeRepaint => Encoding.ASCII.GetBytes("\e[?2026h" + AllOff.Replace(EndSynchronizedOutput, "", StringComparison.Ordinal));
}
