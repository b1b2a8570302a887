namespace Tether.Daemon.Agents.Status;

/// <summary>The records of OSC 7501 that stand: one for each id, at most 256. Owned by the session's thread.</summary>
internal sealed class ProgramRecords
{
    private const int Most = 256;

    private readonly Dictionary<string, ProgramRecord> _records = [];

    /// <summary>Takes a record in: it replaces the one with its id; `clear` takes away the one with its id and those below it, without an id all of them.</summary>
    public void Take(ProgramRecord record)
    {
        if (record.State == "clear")
        {
            Clear(record.Id);
        }
        else if (_records.Count < Most || _records.ContainsKey(record.Id))
        {
            _records[record.Id] = record;
        }
    }

    /// <summary>A shell prompts again: what was at work or asked is gone, what was done stays.</summary>
    public void Prompted() => Remove(record => record.State is "working" or "blocked");

    /// <summary>The one that says most: who asks before who works, who failed, who is done, who is idle. Null when there is none.</summary>
    public ProgramRecord? Foremost => _records.Values.MinBy(record => (record.State switch
    {
        "blocked" => 0,
        "working" => 1,
        "error" => 2,
        "done" => 3,
        _ => 4,
    }, record.Id.Length));

    private void Clear(string id) => Remove(record => id.Length == 0 || record.Id == id || record.Id.StartsWith(id + "/", StringComparison.Ordinal));

    private void Remove(Func<ProgramRecord, bool> which)
    {
        foreach (var record in _records.Values.Where(which).ToArray())
        {
            _records.Remove(record.Id);
        }
    }
}
