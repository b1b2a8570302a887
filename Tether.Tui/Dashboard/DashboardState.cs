using Tether.Tui.Dashboard.Layout;
using Tether.Tui.Dashboard.Model;
using Tether.Tui.Dashboard.Settings;
using Tether.Tui.Dashboard.Tiles;
using Tether.Tui.Views.Controls;
using Tether.Tui.Views.Dashboard;

namespace Tether.Tui.Dashboard;

/// <summary>What the dashboard shows and to whom the keys belong. Belongs to the loop.</summary>
internal sealed class DashboardState
{
    private const int MessageMilliseconds = 5000;

    public DashboardMode Mode { get; set; }

    /// <summary>Id of the session that commands act on; null when there is none.</summary>
    public string? Focused { get; set; }

    /// <summary>Id of the big one in the main layout.</summary>
    public string? Main { get; set; }

    public int Page { get; set; }

    public int QueueIndex { get; set; }

    /// <summary>On a narrow terminal: the list instead of the tiles.</summary>
    public bool IsListInFront { get; set; }

    /// <summary>Gets all keys while it is there; drawn over everything.</summary>
    public View? Popup { get; set; }

    /// <summary>Where the focused session's history is looked at; null outside of scrolling.</summary>
    public TileHistory? History { get; set; }

    /// <summary>The search that is typed on the bottom line.</summary>
    public TextField? SearchLine { get; set; }

    /// <summary>What the bottom line says instead of hints, until a moment has passed.</summary>
    public string Message { get; private set; } = "";

    public long MessageEnds { get; private set; }

    /// <summary>Seen in the top line while it lasts: the daemon is gone.</summary>
    public string? Alarm { get; set; }

    /// <summary>True once something changed that is not on the screen yet.</summary>
    public bool IsDirty { get; set; } = true;

    /// <summary>Of the frame before; the mouse and movements refer to it.</summary>
    public DashboardLayout? Layout { get; set; }

    public TilePage Tiles { get; set; } = TilePage.Empty;

    public ListEntry?[] ListRows { get; set; } = [];

    public void Say(string message, long now) => (Message, MessageEnds, IsDirty) = (message, now + MessageMilliseconds, true);

    /// <summary>Takes a message away when its moment has passed.</summary>
    public void Advance(long now)
    {
        if (Message.Length > 0 && now >= MessageEnds)
        {
            (Message, IsDirty) = ("", true);
        }
    }

    /// <summary>The focused one if it is still there, else the first.</summary>
    public void KeepFocus(Fleet fleet)
    {
        if (Focused is null || fleet.Find(Focused) is null)
        {
            Focused = fleet.Sessions.Count > 0 ? fleet.Sessions[0].Id : null;
        }
    }
}
