using System.Text.Json;

namespace Tether.Daemon.Agents.Stores;

/// <summary>What the records of one agent's JSON lines mean. Stateless.</summary>
internal interface IRecordFormat
{
    /// <summary>False for a line that surely says nothing of interest, told from its bytes: agents also keep whole requests in their files.</summary>
    bool IsWorthReading(ReadOnlySpan<byte> line);

    void Summarise(JsonElement record, SessionSummary summary);

    void Transcribe(JsonElement record, EntryList entries);

    /// <summary>False for a line that surely says nothing of what was used.</summary>
    bool HasUsage(ReadOnlySpan<byte> line);

    void Count(JsonElement record, UsageTally tally);
}
