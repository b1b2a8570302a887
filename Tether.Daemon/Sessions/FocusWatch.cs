namespace Tether.Daemon.Sessions;

/// <summary>Finds a terminal's focus reports (`CSI I` and `CSI O`) among the keys that come from it, also one that comes in two pieces.</summary>
internal struct FocusWatch
{
    private const byte Escape = 0x1b;

    // Bytes of a report that have come.
    private int _begun;

    /// <summary>What the last report said; null before any.</summary>
    public bool? HasFocus { get; private set; }

    /// <summary>Takes what was typed. True when there was anything else but reports.</summary>
    public bool Take(ReadOnlySpan<byte> keys)
    {
        var isTyped = false;
        foreach (var key in keys)
        {
            switch (_begun, key)
            {
                case (2, (byte)'I' or (byte)'O'):
                    (HasFocus, _begun) = (key == 'I', 0);
                    break;
                case (1, (byte)'['):
                    _begun = 2;
                    break;
                default:
                    isTyped |= _begun > 0 || key != Escape;
                    _begun = key == Escape ? 1 : 0;
                    break;
            }
        }

        // A key that was pressed alone looks like the beginning of a report.
        return isTyped || _begun > 0;
    }

    /// <summary>The program has no reports sent to it any more: what was said is out of date.</summary>
    public void Forget() => HasFocus = null;
}
