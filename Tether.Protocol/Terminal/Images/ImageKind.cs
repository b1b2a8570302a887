namespace Tether.Protocol.Terminal;

/// <summary>The ways in which programs send images.</summary>
public enum ImageKind
{
    /// <summary>DCS q, of DEC's VT240 and VT340.</summary>
    Sixel,

    /// <summary>APC G.</summary>
    Kitty,

    /// <summary>OSC 1337 ; File.</summary>
    ITerm2,
}
