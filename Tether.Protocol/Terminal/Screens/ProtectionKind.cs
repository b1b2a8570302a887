namespace Tether.Protocol.Terminal.Screens;

/// <summary>Whose erase commands leave protected characters alone.</summary>
internal enum ProtectionKind : byte
{
    None,

    /// <summary>DECSCA: the selective ones (DECSED, DECSEL, DECSERA).</summary>
    Dec,

    /// <summary>SPA/EPA of ECMA-48: ED, EL, ECH and DECSED, DECSEL.</summary>
    Iso,
}
