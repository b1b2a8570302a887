namespace Tether.Tui.Attach.Composed;

/// <summary>How an observer moves the part of the screen it sees.</summary>
internal enum PanKey
{
    None,
    Up,
    Down,
    Left,
    Right,
    PageUp,
    PageDown,
    Home,
    Follow,
    WheelUp,
    WheelDown,
}

/// <summary>Reads arrows, page keys and the wheel (SGR mouse) out of what is typed. A sequence split over two reads is missed.</summary>
internal static class PanKeys
{
    public static List<PanKey> Read(ReadOnlySpan<byte> typed)
    {
        var keys = new List<PanKey>();
        while (typed.IndexOf((byte)0x1b) is var start and >= 0)
        {
            typed = typed[(start + 1)..];
            if (typed.Length < 2 || typed[0] is not ((byte)'[' or (byte)'O'))
            {
                continue;
            }

            var end = typed[1..].IndexOfAnyInRange((byte)0x40, (byte)0x7e);
            if (end >= 0 && Decode(typed[1..(end + 1)], typed[end + 1]) is var key and not PanKey.None)
            {
                keys.Add(key);
            }
        }

        return keys;
    }

    private static PanKey Decode(ReadOnlySpan<byte> parameters, byte final) => (char)final switch
    {
        'A' => PanKey.Up,
        'B' => PanKey.Down,
        'C' => PanKey.Right,
        'D' => PanKey.Left,
        'H' => PanKey.Home,
        'F' => PanKey.Follow,
        '~' when parameters is [(byte)'5', ..] => PanKey.PageUp,
        '~' when parameters is [(byte)'6', ..] => PanKey.PageDown,
        '~' when parameters.SequenceEqual("1"u8) || parameters.SequenceEqual("7"u8) => PanKey.Home,
        '~' when parameters.SequenceEqual("4"u8) || parameters.SequenceEqual("8"u8) => PanKey.Follow,
        'M' when parameters.StartsWith("<64;"u8) => PanKey.WheelUp,
        'M' when parameters.StartsWith("<65;"u8) => PanKey.WheelDown,
        'M' when parameters.StartsWith("<66;"u8) || parameters.StartsWith("<68;"u8) => PanKey.Left,
        'M' when parameters.StartsWith("<67;"u8) || parameters.StartsWith("<69;"u8) => PanKey.Right,
        _ => PanKey.None,
    };
}
