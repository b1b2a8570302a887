namespace Tether.Tui.Rendering;

/// <summary>How many colours a terminal has.</summary>
internal enum ColorDepth
{
    /// <summary>None, or none wanted (NO_COLOR): attributes alone.</summary>
    None,

    /// <summary>The named ones and their bright twins.</summary>
    Sixteen,
    Palette256,
    TrueColor,
}
