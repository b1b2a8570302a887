namespace Tether.Protocol.Terminal;

/// <summary>OSC 8: where a cell leads. Cells with the same <paramref name="Id"/> and target are one link; the id may be empty.</summary>
public sealed record Hyperlink(string Id, string Uri);
