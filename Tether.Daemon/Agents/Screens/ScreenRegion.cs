using System.Globalization;

namespace Tether.Daemon.Agents.Screens;

/// <summary>Where a rule looks.</summary>
internal enum RegionKind
{
    /// <summary>The whole screen.</summary>
    All,

    /// <summary>The last N lines that are not empty, and the empty ones between and below them.</summary>
    Bottom,

    /// <summary>Below the last horizontal rule; all when there is none.</summary>
    AfterRule,

    /// <summary>From the last line that begins a turn (the file's `turn` pattern) on; all when there is none.</summary>
    Turn,

    /// <summary>The cursor's line and N on either side.</summary>
    Cursor,

    /// <summary>The title (OSC 0/2). What such a rule says is told as <see cref="Tether.Protocol.Model.SignalSource.Title"/>.</summary>
    Title,

    /// <summary>A notification (OSC 9, 777, 99). Told as <see cref="Tether.Protocol.Model.SignalSource.Notification"/>.</summary>
    Notification,
}

/// <summary>A region as rule files write it: `all`, `bottom:N`, `after-rule`, `turn`, `cursor:N`, `title`, `notification`. N: 1–1000 lines; for the cursor those above and below its own, 0–1000.</summary>
internal readonly record struct ScreenRegion(RegionKind Kind, int Lines = 0)
{
    public bool IsOfScreen => Kind < RegionKind.Title;

    public static bool TryParse(string text, out ScreenRegion region)
    {
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        var lines = 0;
        if (colon >= 0 && (!int.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out lines) || lines > 1000))
        {
            region = default;
            return false;
        }

        (var isKnown, region) = (colon < 0 ? text : text[..colon], colon >= 0) switch
        {
            ("all", false) => (true, new ScreenRegion(RegionKind.All)),
            ("after-rule", false) => (true, new ScreenRegion(RegionKind.AfterRule)),
            ("turn", false) => (true, new ScreenRegion(RegionKind.Turn)),
            ("title", false) => (true, new ScreenRegion(RegionKind.Title)),
            ("notification", false) => (true, new ScreenRegion(RegionKind.Notification)),
            ("bottom", true) when lines > 0 => (true, new ScreenRegion(RegionKind.Bottom, lines)),
            ("cursor", true) => (true, new ScreenRegion(RegionKind.Cursor, lines)),
            _ => (false, default),
        };
        return isKnown;
    }
}
