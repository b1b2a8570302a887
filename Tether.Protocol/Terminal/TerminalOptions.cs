namespace Tether.Protocol.Terminal;

/// <summary>What an emulator is made with. Sizes are in cells, colours are 0xRRGGBB.</summary>
public sealed record TerminalOptions
{
    public int Columns { get; init; } = 80;

    public int Rows { get; init; } = 24;

    /// <summary>Rows kept above the primary screen.</summary>
    public int ScrollbackRows { get; init; } = 10_000;

    /// <summary>XTVERSION's answer is `name(version)`.</summary>
    public string Name { get; init; } = "Tether";

    public string Version { get; init; } = "0.1.0";

    /// <summary>What OSC 10, 11 and 12 answer, and 996 derives dark or light from, until a controlling terminal has told its own.</summary>
    public int Foreground { get; init; } = 0xd8d8d8;

    public int Background { get; init; } = 0x181818;

    public int Cursor { get; init; } = 0xd8d8d8;

    /// <summary>One cell in pixels, for CSI 14/16 t.</summary>
    public int CellWidth { get; init; } = 8;

    public int CellHeight { get; init; } = 16;
}
