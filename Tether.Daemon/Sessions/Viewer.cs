using Tether.Daemon.Server;
using Tether.Protocol.Model;
using Tether.Protocol.Wire;

namespace Tether.Daemon.Sessions;

/// <summary>
/// One client that sees a session: a cursor on its output and a sink. Owned by the session's thread. However slow the sink, a viewer costs
/// no more than one piece of output; when its cursor has fallen out of the journal's memory, it gets the screen as it is.
/// </summary>
internal abstract class Viewer(int id, ClientConnection client, int channel)
{
    private FocusWatch _focus;

    public int Id { get; } = id;

    public ClientConnection Client { get; } = client;

    public int Channel { get; } = channel;

    public AttachMode Mode { get; set; } = AttachMode.Observe;

    /// <summary>An observer that asked for control and gets it when it is free.</summary>
    public bool WaitsForControl { get; set; }

    public int Columns { get; set; }

    public int Rows { get; set; }

    /// <summary>The colours of its terminal, as <see cref="OuterColors"/> takes them; null while they are not known.</summary>
    public int[]? Colors { get; set; }

    public DateTimeOffset AttachedAt { get; init; }

    /// <summary>How its terminal shows desktop notifications: as <see cref="DesktopAlert"/> takes it, or `notice`; null when it shows none.</summary>
    public string? Alerts { get; set; }

    /// <summary>When it was typed into; null if it never was.</summary>
    public DateTimeOffset? TypedAt { get; private set; }

    /// <summary>What its terminal reported last about its focus, to a program that wants to know; null when it has not said.</summary>
    public bool? HasFocus => _focus.HasFocus;

    /// <summary>The output offset of the next byte it gets.</summary>
    public long Cursor { get; protected set; }

    public abstract string Sink { get; }

    /// <summary>Its terminal has told its colours. Null: it has answered, but did not tell.</summary>
    public virtual void Learned(Session session, int[]? colors)
    {
        Colors = colors ?? Colors;
        if (session.Controller == this)
        {
            session.ShowColorsOf(this);
        }
    }

    /// <summary>Keys came from its terminal, for a program that has its focus reported to it or has not.</summary>
    public void Typed(ReadOnlySpan<byte> keys, bool reportsFocus, DateTimeOffset now)
    {
        TypedAt = _focus.Take(keys) ? now : TypedAt;
        if (!reportsFocus)
        {
            _focus.Forget();
        }
    }

    /// <summary>The person should hear something on the desktop: it goes out behind all output, once no sequence of that is unfinished.</summary>
    public abstract void Alert(AlertNotice alert);

    /// <summary>Delivers what the sink takes now.</summary>
    public abstract void Deliver();

    /// <summary>The screen goes out again before anything else.</summary>
    public abstract void Repaint(int scrollbackRows);

    /// <summary>The session has another size, and not by this viewer: what it shows is void.</summary>
    public virtual void Resized() => Repaint(0);

    /// <summary>It shares the session with so many others that it should not get output more often than once in so many milliseconds; 0: as it likes.</summary>
    public virtual void Slow(int milliseconds)
    {
    }

    /// <summary>The session is over: the last output goes out, then what puts the client's terminal back.</summary>
    public abstract void Finish();

    /// <summary>Sends what puts the client's terminal back as it was.</summary>
    public abstract void Reset();

    /// <summary>Lets go of the sink. <paramref name="isClientGone"/>: the client could not put its terminal back itself.</summary>
    public abstract void Close(bool isClientGone);

    public void Tell(ChannelNotice notice) => Client.Send(notice);

    public ViewerRecord Describe() => new()
    {
        Viewer = Id,
        Client = Client.Name,
        Mode = Mode,
        WaitsForControl = WaitsForControl,
        Columns = Columns,
        Rows = Rows,
        Sink = Sink,
        AttachedAt = AttachedAt,
    };
}
