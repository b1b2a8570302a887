using System.Runtime.InteropServices;

namespace Tether.Daemon.Native;

/// <summary>The one place where a failed native call becomes an exception.</summary>
internal sealed class NativeError(string call, int errno)
    : IOException($"{call}: {Marshal.GetPInvokeErrorMessage(errno)} (errno {errno})")
{
    public int Errno { get; } = errno;

    public bool IsDiskFull => Errno is Libc.ENOSPC or Libc.EDQUOT;

    /// <summary>The result, when it is not negative.</summary>
    /// <exception cref="NativeError">The call failed.</exception>
    public static int Check(int result, string call) => result >= 0 ? result : throw Last(call);

    public static NativeError Last(string call) => new(call, Marshal.GetLastPInvokeError());
}
