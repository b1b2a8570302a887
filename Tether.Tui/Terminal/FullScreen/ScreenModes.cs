using System.Text;
using Tether.Protocol.Terminal;

namespace Tether.Tui.Terminal.FullScreen;

/// <summary>The bytes that turn a terminal into a full screen of ours and back. The Linux console gets only what its oldest versions do not print.</summary>
internal static class ScreenModes
{
    /// <summary>CAN: whatever sequence was cut in its middle ends here.</summary>
    public const byte Cancel = 0x18;

    private const string Mouse = "\e[?1002h\e[?1006h";
    private const string NoMouse = "\e[?1003l\e[?1002l\e[?1006l";

    /// <summary>Alternate screen, no cursor, bracketed paste; mouse with drags (1002, SGR), focus and colour scheme reports. Not the keyboard: see <see cref="KittyKeys"/>.</summary>
    /// <param name="isOurs">True when the alternate screen is still ours: entering it twice would forget the cursor of the main one.</param>
    public static byte[] Enter(Capabilities capabilities, bool isOurs) => Encoding.ASCII.GetBytes(
        (isOurs ? "" : "\e[?1049h") + "\e[?25l\e[?2004h" + (capabilities.IsLinuxConsole ? "" : Mouse + "\e[?1004h\e[?2031h") + "\e[m\e[H\e[2J");

    /// <summary>
    /// All of that undone, the keyboard's modes by <paramref name="keyboard"/>. The screen is cleared first, for terminals without an alternate one.
    /// </summary>
    public static byte[] Leave(Capabilities capabilities, string keyboard) => Encoding.ASCII.GetBytes(
        (char)Cancel + (capabilities.IsLinuxConsole ? "" : "\e[?2026l\e]8;;\e\\" + keyboard + "\e[?2031l\e[?1004l" + NoMouse + "\e[0 q")
        + "\e[?2004l\e[m\e[r\e[?7h\e[H\e[2J\e[?1049l\e[?25h");

    /// <summary>Every move of the mouse, not only drags: 1003. The modes exclude one another, so the other one is set again.</summary>
    public static byte[] Motion(bool isReported) => Encoding.ASCII.GetBytes(isReported ? "\e[?1003h" : "\e[?1003l\e[?1002h");

    /// <summary>Pushes the kitty keyboard protocol's flags on its stack, which each screen has of its own.</summary>
    public static byte[] KittyKeys(KittyFlags flags) => Encoding.ASCII.GetBytes($"\e[>{(int)flags}u");

    /// <summary>Changes the flags that were pushed.</summary>
    public static byte[] ChangeKittyKeys(KittyFlags flags) => Encoding.ASCII.GetBytes($"\e[={(int)flags}u");
}
