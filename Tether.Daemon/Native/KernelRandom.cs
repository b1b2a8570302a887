namespace Tether.Daemon.Native;

/// <summary>
/// Random bytes for secrets and ids, from the kernel's own generator (getrandom(2)). The framework's loads OpenSSL for the first one, which takes 15 ms of the time in which a
/// person waits for a first prompt.
/// </summary>
internal static unsafe class KernelRandom
{
    public static byte[] GetBytes(int count)
    {
        var bytes = new byte[count];
        fixed (byte* start = bytes)
        {
            for (var filled = 0; filled < count;)
            {
                var got = Libc.getrandom(start + filled, count - filled, 0);
                filled += got >= 0 ? (int)got : System.Runtime.InteropServices.Marshal.GetLastPInvokeError() == Libc.EINTR ? 0 : throw NativeError.Last("getrandom");
            }
        }

        return bytes;
    }

    /// <summary>So many letters, each as likely as the others.</summary>
    /// <param name="alphabet">At most 256.</param>
    public static string GetString(string alphabet, int length)
    {
        // Bytes beyond the last whole multiple would favour the first letters.
        var end = 256 - (256 % alphabet.Length);
        var text = new char[length];
        for (var at = 0; at < length;)
        {
            foreach (var random in GetBytes(length - at))
            {
                if (random < end)
                {
                    text[at++] = alphabet[random % alphabet.Length];
                }
            }
        }

        return new string(text);
    }
}
