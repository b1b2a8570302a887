using System.Runtime.InteropServices;

namespace Tether.Tui.Native;

/// <summary>struct pollfd.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct PollEntry
{
    public int Descriptor;
    public short Events;
    public short Returned;
}

/// <summary>struct winsize.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct WindowSize
{
    public ushort Rows;
    public ushort Columns;
    public ushort Width;
    public ushort Height;
}

/// <summary>struct iovec.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct Segment
{
    public byte* Start;
    public nuint Length;
}

/// <summary>struct msghdr. macOS has 32-bit counts with padding behind them, which little-endian machines read alike while the upper halves are 0.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct MessageHeader
{
    public byte* Name;
    public nuint NameLength;
    public Segment* Segments;
    public nuint SegmentCount;
    public byte* ControlBytes;
    public nuint ControlLength;
    public nint Flags;
}
