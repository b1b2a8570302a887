using Tether.Protocol.Terminal;
using Tether.Protocol.Terminal.Keys;
using Tether.Tui.Connection;
using Tether.Tui.Dashboard.Model;
using Tether.Tui.Terminal;

namespace Tether.Tui.Dashboard;

/// <summary>What the dashboard needs of the process and the terminal that it runs in.</summary>
internal interface IDashboardHost
{
    TimeProvider Time { get; }

    /// <summary>Milliseconds of a clock that never goes back.</summary>
    long Milliseconds { get; }

    /// <summary>What the person does now was done after this, by the same clock, however late it is read.</summary>
    long TypedSince { get; }

    /// <summary>Of the terminal, in cells.</summary>
    (int Columns, int Rows) Size { get; }

    /// <summary>Ends the dashboard.</summary>
    /// <param name="status">The exit status.</param>
    void Quit(int status);

    /// <summary>The whole terminal goes to a session, until the person comes back.</summary>
    void Zoom(SessionItem item);

    /// <summary>Everything is drawn anew, whatever the terminal shows.</summary>
    void Redraw();

    /// <summary>The theme is another one.</summary>
    void Restyle();

    /// <summary>What the session that gets the keys wants to be told: so much of the keyboard, and every move of the mouse or only drags.</summary>
    void Listen(KittyFlags keys, bool motion);

    CopyOutcome Copy(string text);

    /// <summary>Does work elsewhere that would hold the dashboard up, then the rest here.</summary>
    void InBackground<T>(Func<T> work, Action<T> then);

    /// <summary>Somebody stopped the daemon on purpose, and nobody has started one since.</summary>
    bool IsDaemonStopped { get; }

    /// <summary>A new connection; null while there is no daemon.</summary>
    /// <param name="startsIt">Start one where none runs.</param>
    IConnection? TryConnect(bool startsIt);
}
