namespace Tether.Protocol.Terminal;

/// <summary>Progressive enhancements of the kitty keyboard protocol (CSI &gt; flags u).</summary>
[Flags]
public enum KittyFlags : byte
{
    None = 0,
    Disambiguate = 1,
    ReportEvents = 2,
    ReportAlternates = 4,
    ReportAllKeys = 8,
    ReportText = 16,
    All = 31,
}
