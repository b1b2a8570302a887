namespace Tether.Protocol.Terminal.Screens;

/// <summary>The sets that differ from ASCII: DEC special graphics, and the national replacements of DEC STD 070 (NRCS).</summary>
internal static class CharsetTables
{
    // DEC special graphics, 5F to 7E.
    private const string Graphics = " ◆▒␉␌␍␊°±␤␋┘┐┌└┼⎺⎻─⎼⎽├┤┴┬│≤≥π≠£·";

    private const string Replaced = "#@[\\]^_`{|}~";

    public static int Map(byte set, int codePoint)
    {
        if (set == Charsets.LineDrawing || set == '2')
        {
            return codePoint is >= 0x5F and <= 0x7E ? Graphics[codePoint - 0x5F] : codePoint;
        }

        string? national = National(set);
        int index = national is null ? -1 : Replaced.IndexOf((char)codePoint);
        return index < 0 ? codePoint : national![index];
    }

    public static bool IsKnown(byte set) => set is Charsets.Ascii or Charsets.LineDrawing or (byte)'1' or (byte)'2' || National(set) is not null;

    /// <summary>What stands in for # @ [ \ ] ^ _ ` { | } ~.</summary>
    private static string? National(byte set) => (char)set switch
    {
        'A' => "£@[\\]^_`{|}~",
        '4' => "£¾ĳ½|^_`¨ƒ¼´",
        'C' or '5' => "#@ÄÖÅÜ_éäöåü",
        'R' or 'f' => "£à°ç§^_`éùè¨",
        'Q' or '9' => "#àâçêî_ôéùèû",
        'K' => "#§ÄÖÜ^_`äöüß",
        'Y' => "£§°çé^_ùàòèì",
        '`' or 'E' or '6' => "#ÄÆØÅÜ_äæøåü",
        'Z' => "£§¡Ñ¿^_`°ñç~",
        'H' or '7' => "#ÉÄÖÅÜ_éäöåü",
        '=' => "ùàéçêîèôäöüû",
        _ => null,
    };
}
