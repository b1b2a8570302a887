using Tether.Protocol.Terminal.Parsing;
using Tether.Protocol.Terminal.Screens;

namespace Tether.Protocol.Terminal.Sequences;

/// <summary>The kitty keyboard protocol's stack, and xterm's modifyOtherKeys.</summary>
internal static class Keyboard
{
    public static void Push(Screen screen, in Sequence sequence)
    {
        screen.Kitty.Push((KittyFlags)(sequence[0] & (int)KittyFlags.All));
        screen.UpdateKitty();
    }

    public static void Pop(Screen screen, in Sequence sequence)
    {
        screen.Kitty.Pop(sequence.Or(0, 1));
        screen.UpdateKitty();
    }

    public static void Set(Screen screen, in Sequence sequence)
    {
        screen.Kitty.Set((KittyFlags)(sequence[0] & (int)KittyFlags.All), sequence.Or(1, 1));
        screen.UpdateKitty();
    }

    /// <summary>CSI &gt; 4 ; n m. Without a value, or without anything, back to off.</summary>
    public static void SetModifyOtherKeys(Screen screen, in Sequence sequence)
    {
        if (sequence.Count == 0 || sequence[0] == 4)
        {
            screen.Modes.ModifyOtherKeys = sequence[1] <= 2 ? sequence[1] : screen.Modes.ModifyOtherKeys;
        }
    }

    /// <summary>CSI &gt; 4 ; n f.</summary>
    public static void SetFormatOtherKeys(Screen screen, in Sequence sequence)
    {
        if (sequence.Count == 0 || sequence[0] == 4)
        {
            screen.Modes.FormatOtherKeys = sequence[1] == 1 ? 1 : 0;
        }
    }

    public static void DisableModifiers(Screen screen, in Sequence sequence)
    {
        if (sequence.Or(0, 4) == 4)
        {
            screen.Modes.ModifyOtherKeys = 0;
        }
    }
}
