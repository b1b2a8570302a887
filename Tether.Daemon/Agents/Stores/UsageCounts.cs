using Tether.Daemon.Native;
using Tether.Protocol.Model;

namespace Tether.Daemon.Agents.Stores;

/// <summary>What the files of sessions say of usage, each read once: of one that grew only what is new. Owned by one store.</summary>
internal sealed class UsageCounts(IRecordFormat format)
{
    private const int MostFiles = 64;

    private readonly Dictionary<string, Counted> _files = [];

    /// <summary>Bytes read since the beginning, for tests.</summary>
    public long BytesRead { get; private set; }

    /// <summary>Null when the file is gone or says nothing of it.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    public SessionUsage? Of(string path)
    {
        if (FileFacts.Of(path) is not { } facts)
        {
            _files.Remove(path);
            return null;
        }

        var known = _files.GetValueOrDefault(path);
        if (known is null || known.Facts.Inode != facts.Inode || known.Facts.Device != facts.Device || facts.Size < known.ReadTo)
        {
            known = new Counted(facts, new UsageTally(), 0);
        }

        if (known.ReadTo < facts.Size)
        {
            known = ReadOn(path, known with { Facts = facts });
        }

        if (_files.Count >= MostFiles)
        {
            _files.Clear();
        }

        _files[path] = known;
        return known.Tally.Sum;
    }

    private Counted ReadOn(string path, Counted counted)
    {
        using var file = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        BytesRead += counted.Facts.Size - counted.ReadTo;
        return counted with
        {
            ReadTo = LineScan.Read(file, counted.ReadTo, counted.Facts.Size, (_, _, line) =>
            {
                if (line.Length > 0 && format.HasUsage(line))
                {
                    using var record = RecordJson.Parse(line);
                    if (record is not null)
                    {
                        format.Count(record.RootElement, counted.Tally);
                    }
                }

                return true;
            }),
        };
    }

    private sealed record Counted(FileFacts Facts, UsageTally Tally, long ReadTo);
}
