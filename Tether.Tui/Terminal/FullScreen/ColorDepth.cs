namespace Tether.Tui.Terminal.FullScreen;

/// <summary>How many colours a terminal shows, as far as is known; in order.</summary>
internal enum ColorDepth
{
    /// <summary>None, or the person wants none (`NO_COLOR`): attributes only.</summary>
    None,

    /// <summary>The 16 named ones.</summary>
    Named,

    /// <summary>The palette of 256.</summary>
    Palette,

    /// <summary>24 bits.</summary>
    True,
}
