using System.Runtime.InteropServices;

namespace Tether.Daemon.Native;

/// <summary>Which file a path names and how far it has come: two that are equal have the same content.</summary>
/// <param name="Device">As /proc/locks has it: major and minor number, `fe:00`.</param>
/// <param name="Inode">The file's number on its device.</param>
/// <param name="Size">In bytes.</param>
/// <param name="WrittenAt">When it was last written to.</param>
internal readonly unsafe partial record struct FileFacts(string Device, ulong Inode, long Size, DateTimeOffset WrittenAt)
{
    private const int CurrentFolder = -100;
    private const uint BasicFacts = 0x7ff;

    // struct statx is the same on every architecture; where its members are.
    private const int StructSize = 256, InodeAt = 32, SizeAt = 40, WrittenAtSeconds = 112, WrittenAtNanoseconds = 120, DeviceMajorAt = 136, DeviceMinorAt = 140;

    /// <summary>Null when there is no such file or it may not be looked at.</summary>
    public static FileFacts? Of(string path)
    {
        var facts = stackalloc byte[StructSize];
        if (statx(CurrentFolder, path, 0, BasicFacts, facts) != 0)
        {
            return null;
        }

        var written = DateTimeOffset.FromUnixTimeSeconds(*(long*)(facts + WrittenAtSeconds)).AddTicks(*(uint*)(facts + WrittenAtNanoseconds) / 100);
        return new FileFacts(
            $"{*(uint*)(facts + DeviceMajorAt):x2}:{*(uint*)(facts + DeviceMinorAt):x2}", *(ulong*)(facts + InodeAt), *(long*)(facts + SizeAt), written);
    }

    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int statx(int folder, string path, int flags, uint mask, byte* facts);
}
