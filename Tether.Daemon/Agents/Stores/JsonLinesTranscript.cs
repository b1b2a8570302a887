using Microsoft.Win32.SafeHandles;
using Tether.Daemon.Native;
using Tether.Protocol.Model;

namespace Tether.Daemon.Agents.Stores;

/// <summary>A file with part of a session's transcript.</summary>
/// <param name="Path">Its path.</param>
/// <param name="SubAgent">Whose part it is; null for the main agent's.</param>
internal sealed record TranscriptSource(string Path, string? SubAgent);

/// <summary>
/// A transcript in files of JSON lines that only grow, the main agent's and one for each sub-agent. What is new in several files is put in the order of
/// its times; what was told stays where it is. Owned by the thread that asks.
/// </summary>
internal class JsonLinesTranscript(IRecordFormat format, Func<IReadOnlyList<TranscriptSource>> sources) : Transcript
{
    // 24 bytes each. Of a longer one the beginning is forgotten.
    private const int MostEntries = 1_000_000;

    private readonly List<OpenSource> _sources = [];
    private List<EntryPlace> _places = [];
    private int _forgotten;

    public override int Count => _forgotten + _places.Count;

    public override void Refresh()
    {
        foreach (var source in sources())
        {
            if (!_sources.Exists(open => open.Source.Path == source.Path))
            {
                _sources.Add(new OpenSource(source));
            }
        }

        if (_sources.Exists(source => source.IsRewritten()))
        {
            (_places, _forgotten) = ([], 0);
            _sources.ForEach(source => source.Restart());
            Restarted();
        }

        var news = new List<EntryPlace>();
        for (var i = 0; i < _sources.Count; i++)
        {
            ReadOn(i, news);
        }

        if (news.Count > 0)
        {
            // Stable: what one file has stays in its order.
            _places = Ordered(_places, _sources.Count > 1 ? [.. news.OrderBy(place => place.Ticks)] : news);
        }

        if (_places.Count > MostEntries)
        {
            _forgotten += _places.Count - (MostEntries / 2);
            _places.RemoveRange(0, _places.Count - (MostEntries / 2));
        }
    }

    public override IEnumerable<TranscriptEntry> Read(int from)
    {
        var files = new SafeFileHandle?[_sources.Count];
        try
        {
            var (last, entries) = (default(EntryPlace), (IReadOnlyList<TranscriptEntry>)[]);
            for (var i = Math.Max(0, from - _forgotten); i < _places.Count; i++)
            {
                var place = _places[i];
                if (place.Source != last.Source || place.Offset != last.Offset || entries.Count == 0)
                {
                    entries = EntriesAt(files[place.Source] ??= _sources[place.Source].Open(), place);
                    last = place;
                }

                var entry = place.Ordinal < entries.Count
                    ? entries[place.Ordinal]
                    : new TranscriptEntry { Number = 0, Role = TranscriptRole.System, Text = "(this cannot be read any more)" };
                yield return entry with { Number = _forgotten + i, SubAgent = _sources[place.Source].Source.SubAgent ?? entry.SubAgent };
            }
        }
        finally
        {
            foreach (var file in files)
            {
                file?.Dispose();
            }
        }
    }

    /// <summary>Everything is read again from the beginning.</summary>
    protected virtual void Restarted()
    {
    }

    /// <summary>A record was read, with so many entries.</summary>
    protected virtual void Seen(System.Text.Json.JsonElement record, IReadOnlyList<EntryPlace> places)
    {
    }

    /// <summary>All places in the order of the transcript.</summary>
    protected virtual List<EntryPlace> Ordered(List<EntryPlace> before, List<EntryPlace> news)
    {
        before.AddRange(news);
        return before;
    }

    private void ReadOn(int index, List<EntryPlace> news)
    {
        var source = _sources[index];
        using var file = source.Open();
        if (file is null || FileFacts.Of(source.Source.Path) is not { } facts)
        {
            return;
        }

        var readTo = LineScan.Read(file, source.ReadTo, facts.Size, (offset, length, line) =>
        {
            if (line.Length > 0 && format.IsWorthReading(line))
            {
                Take(index, offset, (int)length, line, news);
            }

            return true;
        });
        source.Advance(facts, readTo);
    }

    private void Take(int index, long offset, int length, ReadOnlySpan<byte> line, List<EntryPlace> news)
    {
        using var record = RecordJson.Parse(line);
        if (record is null)
        {
            return;
        }

        var entries = new EntryList();
        format.Transcribe(record.RootElement, entries);
        var source = _sources[index];
        source.LastTicks = entries.At is { } at ? Math.Max(source.LastTicks, at.UtcTicks) : source.LastTicks;
        EntryPlace[] places = [.. entries.Entries.Select((_, ordinal) => new EntryPlace(offset, source.LastTicks, length, (ushort)index, (ushort)ordinal))];
        news.AddRange(places);
        Seen(record.RootElement, places);
    }

    private IReadOnlyList<TranscriptEntry> EntriesAt(SafeFileHandle? file, EntryPlace place)
    {
        if (file is null)
        {
            return [];
        }

        var line = new byte[place.Length];
        var count = RandomAccess.Read(file, line, place.Offset);
        using var record = RecordJson.Parse(line.AsSpan(0, count));
        var entries = new EntryList();
        if (record is not null)
        {
            format.Transcribe(record.RootElement, entries);
        }

        return entries.Entries;
    }

    /// <summary>Where an entry is: in the record at an offset of a file, the n-th that it makes.</summary>
    protected readonly record struct EntryPlace(long Offset, long Ticks, int Length, ushort Source, ushort Ordinal);

    private sealed class OpenSource(TranscriptSource source)
    {
        private FileFacts? _facts;

        public TranscriptSource Source => source;

        public long ReadTo { get; private set; }

        public long LastTicks { get; set; }

        public SafeFileHandle? Open()
        {
            try
            {
                return File.OpenHandle(source.Path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            }
            catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
            {
                return null;
            }
        }

        public bool IsRewritten() => _facts is { } before && FileFacts.Of(source.Path) is { } now && (now.Inode != before.Inode || now.Size < ReadTo);

        public void Restart() => (_facts, ReadTo, LastTicks) = (null, 0, 0);

        public void Advance(FileFacts facts, long readTo) => (_facts, ReadTo) = (facts, readTo);
    }
}
