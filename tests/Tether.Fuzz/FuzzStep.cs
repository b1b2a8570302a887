namespace Tether.Fuzz;

/// <summary>Bytes to feed, or, where there are none, a size to take.</summary>
public sealed record FuzzStep(byte[]? Bytes, int Columns = 0, int Rows = 0);
