using Tether.Protocol.Model;

namespace Tether.Daemon.Agents.Status;

/// <summary>The newest signal of one source, and since when the source says so.</summary>
internal sealed class SignalSlot(SignalSource source)
{
    private AgentState _before;
    private DateTimeOffset _beforeSince;
    private DateTimeOffset _silentSince;

    public SignalSource Source => source;

    /// <summary>Null when the source says nothing.</summary>
    public AgentSignal? Signal { get; private set; }

    /// <summary>When the source came to say this state.</summary>
    public DateTimeOffset Since { get; private set; }

    /// <summary>Overruled by what came after it: it counts no more until the source says something else.</summary>
    public bool IsRefuted { get; set; }

    /// <summary>What was found when it was last weighed.</summary>
    public SignalWeight Weight { get; set; }

    public void Take(AgentSignal signal)
    {
        IsRefuted = false;
        if (signal.State == AgentState.Unknown)
        {
            if (Signal is { } last)
            {
                (_before, _beforeSince, _silentSince) = (last.State, Since, signal.At);
            }

            Signal = null;
            return;
        }

        if (Signal?.State != signal.State)
        {
            var isBack = Signal is null && _before == signal.State && signal.At - _silentSince < StatusWindows.Gap;
            Since = isBack ? _beforeSince : signal.At;
        }

        Signal = signal;
    }
}

/// <summary>What a signal is worth.</summary>
internal enum SignalWeight
{
    Silent,
    Decides,
    Agrees,
    Outranked,
    Stale,
    Contradicted,
}
