namespace Tether.Protocol.Terminal;

/// <summary>Which part of a character a cell holds.</summary>
public enum CellWidth : byte
{
    Narrow,

    /// <summary>The left half of a character two columns wide.</summary>
    Wide,

    /// <summary>The right half; it has no text of its own.</summary>
    Tail,

    /// <summary>A blank at the end of a row, because the wide character that follows did not fit.</summary>
    Spacer,
}
