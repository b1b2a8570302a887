namespace Tether.Protocol.Terminal.Unicode;

/// <summary>The Grapheme_Cluster_Break classes of UAX 29 that matter between printable characters, and Extended_Pictographic.</summary>
internal enum GraphemeClass : byte
{
    Other,
    Control,
    Extend,
    ZeroWidthJoiner,
    SpacingMark,
    Prepend,
    L,
    V,
    T,
    LV,
    LVT,
    RegionalIndicator,
    Pictographic,

    /// <summary>InCB=Consonant; else as Other.</summary>
    Consonant,

    /// <summary>InCB=Linker; else as Extend.</summary>
    Linker,

    /// <summary>ZWNJ: as Extend, but conjuncts end.</summary>
    NonJoiner,
}
