using System.Runtime.InteropServices;

namespace Tether.Tui.Native;

/// <summary>A system call failed. The one place where errno becomes an exception.</summary>
internal sealed class NativeException(string call, int error) : Exception($"{call}: {Marshal.GetPInvokeErrorMessage(error)}")
{
    public int Error => error;

    /// <summary>Passes a call's result on unless it is negative.</summary>
    public static int Check(int result, string call) => result >= 0 ? result : throw new NativeException(call, Marshal.GetLastPInvokeError());
}
