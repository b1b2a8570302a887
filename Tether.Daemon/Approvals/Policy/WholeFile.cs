namespace Tether.Daemon.Approvals.Policy;

/// <summary>Files of the owner's only that are written whole or not at all.</summary>
internal static class WholeFile
{
    /// <summary>Replaces the file; it is on the disk when this returns.</summary>
    public static void Write(string path, ReadOnlySpan<byte> content)
    {
        var next = path + ".new";
        File.Delete(next);
        using (var file = new FileStream(next, new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
            UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
        }))
        {
            file.Write(content);
            file.Flush(flushToDisk: true);
        }

        File.Move(next, path, overwrite: true);
    }
}
