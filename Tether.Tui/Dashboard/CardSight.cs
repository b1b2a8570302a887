using Tether.Protocol.Model;
using Tether.Tui.Rendering;

namespace Tether.Tui.Dashboard;

/// <summary>
/// Since when the chosen item of the queue has stood on the screen as it is, where it is. Keys that answer count only for what could be read: a key that
/// was meant for something else must not answer a card that has just come. Belongs to the loop.
/// </summary>
internal sealed class CardSight
{
    /// <summary>Less is no reading: the key was on its way already.</summary>
    public const int SettleMilliseconds = 300;

    private (QueueItem? Item, int Place, Area Area) _seen;
    private long _since;

    /// <summary>When the item that is seen has been seen for long enough; 0 when none is.</summary>
    public long SettlesAt => _seen.Item is null ? 0 : _since + SettleMilliseconds;

    /// <summary>A frame was drawn.</summary>
    /// <param name="item">The item whose card is seen; null when none is.</param>
    /// <param name="place">Its place in the queue.</param>
    /// <param name="area">Where the card is.</param>
    /// <param name="isCovered">Something stands over it: what changes there is not seen before that is gone.</param>
    /// <param name="now">Milliseconds.</param>
    public void Drawn(QueueItem? item, int place, Area area, bool isCovered, long now)
    {
        if (!ReferenceEquals(_seen.Item, item) || _seen.Place != place || _seen.Area != area)
        {
            (_seen, _since) = (isCovered ? default : (item, place, area), now);
        }
    }

    /// <summary>True if the item had been seen for long enough, at one place and unchanged.</summary>
    /// <param name="item">What is answered.</param>
    /// <param name="typed">When the key was typed, at the earliest.</param>
    public bool IsSettled(QueueItem item, long typed) => ReferenceEquals(_seen.Item, item) && typed >= SettlesAt;
}
