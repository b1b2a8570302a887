namespace Tether.Daemon.Approvals.Audit;

/// <summary>The parts of the log as they are at one moment: a part that is renamed while they are read, because it is full, is read all the same, and once.</summary>
internal sealed class AuditParts : IDisposable
{
    private readonly Dictionary<string, FileStream> _files = [];

    private AuditParts(IReadOnlyList<string> paths) => Paths = paths;

    /// <summary>Oldest first.</summary>
    public IReadOnlyList<string> Paths { get; }

    /// <param name="list">The parts that there are now. Asked again until they stay the same while they are opened.</param>
    /// <exception cref="IOException">One of them cannot be opened.</exception>
    public static AuditParts Open(Func<IReadOnlyList<string>> list)
    {
        while (true)
        {
            var parts = new AuditParts(list());
            try
            {
                foreach (var path in parts.Paths)
                {
                    parts._files[path] = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
                }

                if (list().SequenceEqual(parts.Paths))
                {
                    return parts;
                }
            }
            catch (FileNotFoundException) when (!list().SequenceEqual(parts.Paths))
            {
                // Renamed between being listed and being opened.
            }
            catch
            {
                parts.Dispose();
                throw;
            }

            parts.Dispose();
        }
    }

    /// <summary>All of a part that is there by now.</summary>
    public byte[] Read(string path)
    {
        var file = _files[path];
        var bytes = new byte[file.Length];
        file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        return bytes;
    }

    public void Dispose()
    {
        foreach (var file in _files.Values)
        {
            file.Dispose();
        }
    }
}
