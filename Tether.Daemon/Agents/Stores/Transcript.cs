using Tether.Protocol.Model;

namespace Tether.Daemon.Agents.Stores;

/// <summary>What was said in one session, in the order in which it was written: an index into the agent's store, whose texts are read when they are asked for.</summary>
internal abstract class Transcript
{
    /// <summary>So many entries as of the last <see cref="Refresh"/>.</summary>
    public abstract int Count { get; }

    /// <summary>Takes in what was written since. Entries keep their numbers unless the agent rewrote its file or went back to another branch.</summary>
    public abstract void Refresh();

    /// <summary>Entries in order, their numbers set. Fewer than asked for at the end.</summary>
    public abstract IEnumerable<TranscriptEntry> Read(int from);
}
