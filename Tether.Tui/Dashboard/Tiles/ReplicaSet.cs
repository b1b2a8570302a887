using Tether.Protocol.Model;
using Tether.Protocol.Wire;
using Tether.Tui.Connection;
using Tether.Tui.Dashboard.Link;

namespace Tether.Tui.Dashboard.Tiles;

/// <summary>
/// The replicas of all sessions, fed over one connection: attached as observers when a session appears, in control only while the person types there.
/// The daemon sends each as often as its pace says.
/// </summary>
internal sealed class ReplicaSet(DaemonLink link, string? ownSession, Action<string> complain)
{
    /// <summary>A held channel: nothing is sent until another pace is set.</summary>
    public const int Held = -1;

    private readonly Dictionary<string, SessionReplica> _bySession = [];
    private readonly Dictionary<int, string> _byChannel = [];
    private readonly Dictionary<string, int> _paces = [];
    private readonly HashSet<string> _asked = [];

    /// <summary>Null until its first answer is here, and for the session that this program runs in itself.</summary>
    public SessionReplica? Find(string session) => _bySession.GetValueOrDefault(session);

    /// <summary>Attaches to those that run and forgets those that are not known any more. What has ended keeps its last screen.</summary>
    public void Follow(IReadOnlyCollection<SessionRecord> sessions)
    {
        foreach (var session in sessions)
        {
            if (session.State == SessionState.Running && session.Id != ownSession
                && Find(session.Id) is null or { IsOver: true } && _asked.Add(session.Id))
            {
                Attach(session);
            }
        }

        var known = sessions.Select(session => session.Id).ToHashSet();
        foreach (var (session, replica) in _bySession.Where(pair => !known.Contains(pair.Key)).ToArray())
        {
            if (!replica.IsOver)
            {
                link.Tell(new DetachRequest { Channel = replica.Channel });
            }

            Close(session, replica);
            _bySession.Remove(session);
        }
    }

    /// <summary>Asks for the last screen of a session that had ended before anybody here saw it.</summary>
    public void ShowEnded(SessionRecord session)
    {
        if (session.State != SessionState.Running && !_bySession.ContainsKey(session.Id) && _asked.Add(session.Id))
        {
            link.Ask<CaptureReply>(
                new CaptureRequest { Session = session.Id, Format = "ansi" },
                captured =>
                {
                    _asked.Remove(session.Id);
                    _bySession[session.Id] = SessionReplica.OfCapture(captured);
                },
                complain);
        }
    }

    /// <summary>How many milliseconds lie between two pictures of a session that prints much; <see cref="Held"/> for none.</summary>
    public void SetPace(string session, int milliseconds)
    {
        if (_bySession.TryGetValue(session, out var replica) && !replica.IsOver && _paces.GetValueOrDefault(session) != milliseconds)
        {
            _paces[session] = milliseconds;
            link.Tell(new PaceRequest { Channel = replica.Channel, Milliseconds = milliseconds });
        }
    }

    /// <summary>Holds a session and asks for its screen with so many rows of history above it.</summary>
    public void AskHistory(string session, int rows)
    {
        if (_bySession.TryGetValue(session, out var replica) && !replica.IsOver)
        {
            SetPace(session, Held);
            replica.AwaitedScrollback = rows;
            link.Tell(new RedrawRequest { Channel = replica.Channel, Scrollback = rows });
        }
    }

    /// <summary>The session that something about a channel belongs to; null when it is not of this set.</summary>
    public string? SessionOf(Incoming incoming) =>
        _byChannel.GetValueOrDefault(incoming.Message is ChannelNotice notice ? notice.Channel : incoming.Header.Channel);

    /// <summary>Takes a frame, a new size or a change of control.</summary>
    public void Take(Incoming incoming)
    {
        if (SessionOf(incoming) is not { } session || !_bySession.TryGetValue(session, out var replica))
        {
            return;
        }

        switch (incoming.Message)
        {
            case null:
                replica.Take(incoming.Header, incoming.Payload.Span);
                break;
            case ResizedNotice resized:
                replica.Resize(resized.Columns, resized.Rows);

                // Should this channel get control, the session keeps the size it has.
                link.Tell(new ResizeRequest { Channel = replica.Channel, Columns = resized.Columns, Rows = resized.Rows });
                break;
            case ControlNotice control:
                replica.Mode = control.Mode;
                break;
            case ExitedNotice:
                Close(session, replica);
                break;
        }
    }

    private void Close(string session, SessionReplica replica)
    {
        _byChannel.Remove(replica.Channel);
        _paces.Remove(session);
        _asked.Remove(session);
        replica.End();
    }

    private void Attach(SessionRecord session) => link.Ask<AttachedReply>(
        new AttachRequest { Session = session.Id, Mode = AttachMode.Observe, Columns = session.Columns, Rows = session.Rows, Pace = DashboardPace.Seen },
        attached =>
        {
            _paces[session.Id] = DashboardPace.Seen;
            _bySession[session.Id] = new SessionReplica(attached.Channel, attached.Mode, attached.Session);
            _byChannel[attached.Channel] = session.Id;
        },
        refusal =>
        {
            _asked.Remove(session.Id);
            complain(refusal);
        });
}
