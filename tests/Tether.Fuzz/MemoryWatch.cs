using Tether.Protocol.Terminal;

namespace Tether.Fuzz;

/// <summary>One terminal that lives as long as the run and takes every stream: what it holds must stay bounded.</summary>
public sealed class MemoryWatch
{
    // What the tables of styles, links, clusters and titles of a full terminal may hold, and what the runtime itself needs.
    private const long Allowance = 64 << 20;
    private readonly TerminalEmulator _veteran = new(new TerminalOptions { Columns = 100, Rows = 30, ScrollbackRows = 1000 });
    private readonly long _before = GC.GetTotalMemory(forceFullCollection: true);

    public void Feed(FuzzCase fuzzCase)
    {
        ArgumentNullException.ThrowIfNull(fuzzCase);
        foreach (FuzzStep step in fuzzCase.Steps)
        {
            if (step.Bytes is { } bytes)
            {
                _veteran.Feed(bytes);
            }
            else
            {
                _veteran.Resize(step.Columns, step.Rows);
            }
        }
    }

    /// <summary>Bytes more than at the start; <paramref name="isTooMuch"/> if that cannot be one terminal's.</summary>
    public long Growth(out bool isTooMuch)
    {
        long growth = GC.GetTotalMemory(forceFullCollection: true) - _before;
        GC.KeepAlive(_veteran);
        isTooMuch = growth > Allowance;
        return growth;
    }
}
