namespace Tether.Protocol.Terminal;

/// <summary>The forms of SGR 4:n.</summary>
public enum UnderlineKind : byte
{
    None,
    Straight,
    Doubled,
    Curly,
    Dotted,
    Dashed,
}
