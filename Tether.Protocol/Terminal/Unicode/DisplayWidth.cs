using System.Text;

namespace Tether.Protocol.Terminal.Unicode;

/// <summary>How many columns the emulator gives a character, for those who draw text of their own beside its screens.</summary>
public static class DisplayWidth
{
    /// <summary>0 for marks and what joins, 1, or 2.</summary>
    public static int Of(Rune character) => CodePointTraits.Of(character.Value).Width;
}
