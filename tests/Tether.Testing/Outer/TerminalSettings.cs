using System.Buffers.Binary;

namespace Tether.Testing.Outer;

/// <summary>A terminal's settings (struct termios); two are equal when every flag and every control character is.</summary>
public readonly struct TerminalSettings(byte[] termios) : IEquatable<TerminalSettings>
{
    // Linux: four 32-bit words of flags, the line discipline, the control characters. Behind them lie the speeds.
    private const int Compared = 4 * 4 + 1 + 32;

    /// <summary>Neither lines nor echo nor signals: a program reads every byte as it is typed.</summary>
    public bool IsRaw
    {
        get
        {
            const uint canonical = 2, echo = 8, signals = 1;
            var local = BinaryPrimitives.ReadUInt32LittleEndian(termios.AsSpan(12));
            return (local & (canonical | echo | signals)) == 0;
        }
    }

    public static bool operator ==(TerminalSettings left, TerminalSettings right) => left.Equals(right);

    public static bool operator !=(TerminalSettings left, TerminalSettings right) => !left.Equals(right);

    public bool Equals(TerminalSettings other) => termios.AsSpan(0, Compared).SequenceEqual(other.Bytes.AsSpan(0, Compared));

    public override bool Equals(object? obj) => obj is TerminalSettings other && Equals(other);

    public override int GetHashCode() => termios.Length > 12 ? termios[12] : 0;

    public override string ToString() => Convert.ToHexStringLower(termios.AsSpan(0, Compared));

    private byte[] Bytes => termios;
}
