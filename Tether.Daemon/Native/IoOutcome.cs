namespace Tether.Daemon.Native;

/// <summary>What came of a read from or a write to a non-blocking descriptor.</summary>
internal enum IoOutcome
{
    Done,

    /// <summary>Nothing can be moved now; epoll tells when.</summary>
    WouldBlock,

    /// <summary>The other end is gone for good.</summary>
    HungUp,
}
