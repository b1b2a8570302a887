using Tether.Protocol.Terminal.Modes;
using Tether.Protocol.Terminal.Screens;

namespace Tether.Protocol.Terminal.Snapshots;

/// <summary>
/// What a program put aside or chose once, and nobody sees: for an emulator that goes on in place of this one. A person's terminal would
/// keep it after the session.
/// </summary>
internal static class RegisterWriter
{
    /// <summary>Written first: the conformance level resets much.</summary>
    public static void Write(Screen screen, ref SnapshotText text)
    {
        if (screen.ConformanceLevel != Screen.DefaultConformanceLevel)
        {
            text.Add("\e["u8);
            text.Add(60 + screen.ConformanceLevel);
            text.Add("\"p"u8);
        }

        if (!screen.ChangesWholeLines)
        {
            text.Add("\e[2*x"u8);
        }

        foreach (Style style in screen.PenStack.Styles)
        {
            text.SetStyle(style);
            text.Add("\e[#{"u8);
        }

        text.ResetPen();
        WriteSavedModes(screen, ref text);
    }

    // Only a mode that is set can be saved as set. Those that do more than be set are left out.
    private static void WriteSavedModes(Screen screen, ref SnapshotText text)
    {
        foreach ((int number, bool on) in screen.SavedModes)
        {
            TerminalMode mode = ModeTable.Find(number, isPrivate: true);
            bool isMouse = number is 9 or (>= 1000 and <= 1003) or 1005 or 1006 or 1015 or 1016;
            if (!isMouse && mode is TerminalMode.None or TerminalMode.SynchronizedOutput or TerminalMode.Column132 or TerminalMode.InBandResize)
            {
                continue;
            }

            text.Mode(number, isPrivate: true, on);
            text.Add("\e[?"u8);
            text.Add(number);
            text.Add("s"u8);
            bool isOnAtFirst = !isMouse && mode != TerminalMode.CursorVisible && (TerminalModes.Defaults >> (int)mode & 1) != 0;
            text.Mode(number, isPrivate: true, isOnAtFirst);
        }
    }
}
