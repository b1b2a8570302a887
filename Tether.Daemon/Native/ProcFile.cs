namespace Tether.Daemon.Native;

/// <summary>Reads the kernel's small files by the C library alone: at a start the framework's streams take milliseconds for the first one.</summary>
internal static unsafe class ProcFile
{
    /// <summary>How many bytes were read: as many as fit; 0 when there is no such file.</summary>
    public static int Read(string path, Span<byte> bytes)
    {
        var file = Libc.open(path, Libc.O_RDONLY | Libc.O_CLOEXEC, 0);
        if (file < 0)
        {
            return 0;
        }

        var length = 0;
        fixed (byte* start = bytes)
        {
            nint count;
            while (length < bytes.Length && (count = Libc.read(file, start + length, bytes.Length - length)) > 0)
            {
                length += (int)count;
            }
        }

        _ = Libc.close(file);
        return length;
    }
}
