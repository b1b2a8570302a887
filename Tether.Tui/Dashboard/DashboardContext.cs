using Tether.Protocol.Model;
using Tether.Protocol.Wire;
using Tether.Tui.Connection;
using Tether.Tui.Dashboard.Layout;
using Tether.Tui.Dashboard.Link;
using Tether.Tui.Dashboard.Model;
using Tether.Tui.Dashboard.Settings;
using Tether.Tui.Dashboard.Tiles;

namespace Tether.Tui.Dashboard;

/// <summary>What all parts of the dashboard share. Belongs to the loop.</summary>
internal sealed class DashboardContext
{
    private readonly DashboardFiles _files;
    private readonly string? _ownSession;

    /// <param name="host">The process around it.</param>
    /// <param name="files">Settings, keys, looks.</param>
    /// <param name="connection">To the daemon; disposed with the link.</param>
    /// <param name="machine">The name of this machine.</param>
    /// <param name="ownSession">The session that this runs in itself; null for none.</param>
    public DashboardContext(IDashboardHost host, DashboardFiles files, IConnection connection, string machine, string? ownSession)
    {
        (Host, _files, Machine, _ownSession) = (host, files, machine, ownSession);
        Fleet = new Fleet(files.Book, new SessionTraits(machine)) { Zone = host.Time.LocalTimeZone };
        Roster = new Roster(Fleet);
        Settings = files.Settings;
        Fleet.Grouping = Settings.Grouping;
        Weights = TileWeights.Parse(Settings.Sizes) ?? new TileWeights();
        Link = new DaemonLink(connection);
        Replicas = new ReplicaSet(Link, ownSession, Say);
    }

    public IDashboardHost Host { get; }

    public string Machine { get; }

    public DashboardState State { get; } = new();

    public Fleet Fleet { get; }

    public Roster Roster { get; }

    public LookedBook Book => _files.Book;

    public KeyBindings Bindings => _files.Bindings;

    public DashboardSettings Settings { get; private set; }

    public TileWeights Weights { get; set; }

    public DaemonLink Link { get; private set; }

    public ReplicaSet Replicas { get; private set; }

    public DateTimeOffset Now => Host.Time.GetUtcNow();

    /// <summary>The session that commands act on; null when there is none.</summary>
    public SessionItem? Focused => State.Focused is { } id ? Fleet.Find(id) : null;

    /// <summary>Its screen as far as it is known.</summary>
    public SessionReplica? FocusedReplica => State.Focused is { } id ? Replicas.Find(id) : null;

    /// <summary>Shows a message for a moment.</summary>
    public void Say(string message) => State.Say(message, Host.Milliseconds);

    /// <summary>Changes what is remembered from one start to the next.</summary>
    public void Remember(DashboardSettings settings)
    {
        var isRestyled = settings.Theme != Settings.Theme;
        (Settings, Fleet.Grouping, State.IsDirty) = (settings, settings.Grouping, true);
        if (_files.Write(settings) is { } warning)
        {
            Say(warning);
        }

        if (isRestyled)
        {
            Host.Restyle();
        }
    }

    /// <summary>The person has seen a session up to now: nothing of it is news.</summary>
    public void Looked(string id)
    {
        if (Fleet.Find(id) is { } item)
        {
            Fleet.Looked(id, new Look(Now, item.Record.Offset, item.Record.OutputRow));
            State.IsDirty = true;
            if (item.Record.Status is { State: AgentState.Done } || Fleet.Queue.Items.Any(news => news.Session == id && news.Asked is { } asked && !AskedText.IsQuestion(asked)))
            {
                Seen(item);
            }
        }
    }

    /// <summary>Tells the daemon that the person has seen what an agent did.</summary>
    public void Seen(SessionItem item) => Link.Tell(new SeenRequest { Session = item.Id });

    /// <summary>Goes on with another connection; replicas begin anew.</summary>
    public void Adopt(IConnection connection)
    {
        Link.Dispose();
        Link = new DaemonLink(connection);
        Replicas = new ReplicaSet(Link, _ownSession, Say);
    }

    private sealed class SessionTraits(string host) : ISessionTraits
    {
        public IReadOnlyList<string> TagsOf(SessionRecord session) => session.Tags;

        public string HostOf(SessionRecord session) => host;
    }
}
