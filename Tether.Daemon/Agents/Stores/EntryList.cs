using Tether.Protocol.Model;

namespace Tether.Daemon.Agents.Stores;

/// <summary>The entries that one record of a store makes; their numbers come later.</summary>
internal sealed class EntryList
{
    private readonly List<TranscriptEntry> _entries = [];

    public IReadOnlyList<TranscriptEntry> Entries => _entries;

    /// <summary>When the record was written.</summary>
    public DateTimeOffset? At { get; set; }

    public void Add(TranscriptRole role, string text, string? tool = null, bool isError = false)
    {
        var clean = StoreText.Clean(text).Trim('\n');
        if (clean.Length > 0 || tool is not null)
        {
            _entries.Add(new TranscriptEntry { Number = 0, Role = role, Text = clean, At = At, Tool = tool is null ? null : StoreText.OneLine(tool), IsError = isError });
        }
    }
}
