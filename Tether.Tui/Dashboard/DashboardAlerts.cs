using Tether.Protocol.Model;
using Tether.Protocol.Wire;
using Tether.Tui.Terminal.FullScreen;

namespace Tether.Tui.Dashboard;

/// <summary>Desktop notifications by the dashboard's own terminal, while nobody looks at it. Times are milliseconds of the loop's clock.</summary>
/// <param name="way">As <see cref="DesktopAlert"/> takes it; null when the terminal shows none.</param>
/// <param name="visibility">Of the terminal's window.</param>
/// <param name="find">An item of the queue by its id; null when it is not known.</param>
internal sealed class DashboardAlerts(string? way, WindowVisibility visibility, Func<string, QueueItem?> find)
{
    // In front of a terminal that does not report its focus a person is taken to be so long after the last key.
    private const int TypingMilliseconds = 30_000;

    private long _typedAt = long.MinValue / 2;

    public bool CanShow => way is not null;

    /// <summary>The person pressed a key or moved the mouse.</summary>
    public void Typed(long now) => _typedAt = now;

    /// <summary>What is to be sent to the terminal: nothing when the person looks at it, or the item is over.</summary>
    public ReadOnlySpan<byte> Take(AlertNotice alert, long now)
    {
        var isLooking = visibility.IsFocusKnown ? visibility.HasFocus : now - _typedAt <= TypingMilliseconds;
        var isOver = find(alert.Item) is { State: not QueueState.Open };
        return way is null || isLooking || isOver ? [] : DesktopAlert.Encode(way, alert.Item, alert.Title, alert.Text);
    }
}
