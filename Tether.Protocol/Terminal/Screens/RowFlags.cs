namespace Tether.Protocol.Terminal.Screens;

[Flags]
internal enum RowFlags : byte
{
    None = 0,

    /// <summary>The text goes on in the next row: it was broken by autowrap.</summary>
    Wrapped = 1,

    /// <summary>Some cell may be half of a wide character. May be wrong that way, never the other.</summary>
    MayHaveWide = 2,

    /// <summary>DECDWL, DECDHL: kept for the record, not drawn.</summary>
    DoubleWidth = 4,
}
