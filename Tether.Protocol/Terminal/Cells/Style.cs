namespace Tether.Protocol.Terminal;

/// <summary>Colours and attributes of a character, as SGR sets them. <c>default</c> is the state after SGR 0.</summary>
public readonly record struct Style(TerminalColor Foreground, TerminalColor Background, TerminalColor UnderlineColor, StyleFlags Flags)
{
    public bool IsDefault => this == default;

    public UnderlineKind Underline => (UnderlineKind)(Flags & StyleFlags.UnderlineMask);

    public bool Has(StyleFlags flag) => (Flags & flag) != 0;
}
