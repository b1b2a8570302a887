using System.Runtime.InteropServices;
using System.Text;

namespace Tether.Tui.Native;

/// <summary>A NUL-terminated UTF-8 string for one native call.</summary>
internal readonly unsafe ref struct NativeText : IDisposable
{
    public NativeText(string text)
    {
        var length = Encoding.UTF8.GetByteCount(text);
        Start = (byte*)NativeMemory.Alloc((nuint)length + 1);
        Encoding.UTF8.GetBytes(text, new Span<byte>(Start, length));
        Start[length] = 0;
    }

    public byte* Start { get; }

    public void Dispose() => NativeMemory.Free(Start);
}
