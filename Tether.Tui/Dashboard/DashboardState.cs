using Tether.Tui.Dashboard.Layout;
using Tether.Tui.Dashboard.Model;
using Tether.Tui.Dashboard.Settings;
using Tether.Tui.Dashboard.Tiles;
using Tether.Tui.Views.Controls;
using Tether.Tui.Views.Dashboard;
using Tether.Tui.Views.Dashboard.Cards;

namespace Tether.Tui.Dashboard;

/// <summary>What the dashboard shows and to whom the keys belong. Belongs to the loop.</summary>
internal sealed class DashboardState
{
    private const int MessageMilliseconds = 5000;
    private const int BannerMilliseconds = 1500;

    public DashboardMode Mode { get; set; }

    /// <summary>What becomes of typed keys; of use in <see cref="DashboardMode.Type"/>.</summary>
    public TypingPhase Typing { get; set; }

    /// <summary>Why nothing can be typed, in <see cref="TypingPhase.Blocked"/>; what is waited for, in <see cref="TypingPhase.Asked"/>.</summary>
    public string TypingNote { get; set; } = "";

    /// <summary>Keys and pastes that wait for control.</summary>
    public int KeysKept { get; set; }

    /// <summary>Keys and pastes that went nowhere since typing began.</summary>
    public int KeysUnsent { get; set; }

    /// <summary>Id of the session that commands act on; null when there is none.</summary>
    public string? Focused { get; set; }

    /// <summary>Id of the big one in the main layout.</summary>
    public string? Main { get; set; }

    public int Page { get; set; }

    public int QueueIndex { get; set; }

    /// <summary>Answers that wait to be sent.</summary>
    public PendingAnswers Answers { get; } = new();

    /// <summary>Since when the chosen item's card is seen.</summary>
    public CardSight Sight { get; } = new();

    /// <summary>The chosen item's card, as it was drawn last.</summary>
    public QueueCard Card { get; } = new();

    /// <summary>The item of the daemon's queue that <see cref="Popup"/> answers; null for other popups.</summary>
    public string? PopupItem { get; set; }

    /// <summary>On a narrow terminal: the list instead of the tiles.</summary>
    public bool IsListInFront { get; set; }

    /// <summary>Gets all keys while it is there; drawn over everything.</summary>
    public View? Popup { get; set; }

    /// <summary>Called when <see cref="Popup"/> has been confirmed.</summary>
    public Action? Confirmed { get; set; }

    /// <summary>What the focused tile shows instead of the live screen: its history, or the screen as it was when a selection began.</summary>
    public TileHistory? History { get; set; }

    /// <summary>The search that is typed on the bottom line.</summary>
    public TextField? SearchLine { get; set; }

    /// <summary>What happened to the focused session until the person came to it.</summary>
    public Absence? Arrival { get; set; }

    /// <summary>The key that waits for a second one, as people read it.</summary>
    public string Pending { get; set; } = "";

    /// <summary>What the bottom line says instead of hints, until a moment has passed.</summary>
    public string Message { get; private set; } = "";

    /// <summary>What the top line says for a moment after a change of mode.</summary>
    public string Banner { get; private set; } = "";

    /// <summary>Seen in the top line while it lasts: the daemon is gone.</summary>
    public string? Alarm { get; set; }

    /// <summary>True once something changed that is not on the screen yet.</summary>
    public bool IsDirty { get; set; } = true;

    /// <summary>True once something changed that nobody waits for: what other sessions print.</summary>
    public bool IsStale { get; set; }

    /// <summary>Of the frame before; the mouse and movements refer to it.</summary>
    public DashboardLayout? Layout { get; set; }

    /// <summary>Ids of the sessions that have tiles; <see cref="TileSlot.Index"/> counts in it.</summary>
    public IReadOnlyList<string> TileSessions { get; set; } = [];

    public TilePage Tiles { get; set; } = TilePage.Empty;

    public ListEntry?[] ListRows { get; set; } = [];

    /// <summary>When <see cref="Advance"/> has something to do; 0 for never.</summary>
    public long NextChangeAt => (_messageEnds, _bannerEnds) switch
    {
        (0, var banner) => banner,
        (var message, 0) => message,
        var (message, banner) => Math.Min(message, banner),
    };

    private long _messageEnds;
    private long _bannerEnds;

    public void Say(string message, long now) => (Message, _messageEnds, IsDirty) = (message, now + MessageMilliseconds, true);

    /// <summary>A key was pressed: what was said has been read.</summary>
    public void Hush() => (Message, _messageEnds) = ("", 0);

    public void Announce(string banner, long now) => (Banner, _bannerEnds, IsDirty) = (banner, now + BannerMilliseconds, true);

    /// <summary>Takes messages away when their moment has passed.</summary>
    public void Advance(long now)
    {
        if (_messageEnds != 0 && now >= _messageEnds)
        {
            (Message, _messageEnds, IsDirty) = ("", 0, true);
        }

        if (_bannerEnds != 0 && now >= _bannerEnds)
        {
            (Banner, _bannerEnds, IsDirty) = ("", 0, true);
        }
    }

    /// <summary>The slot of a session's tile; null when it is not on the screen.</summary>
    public TileSlot? SlotOf(string? session)
    {
        foreach (var slot in Tiles.Slots)
        {
            if (TileSessions[slot.Index] == session)
            {
                return slot;
            }
        }

        return null;
    }
}
