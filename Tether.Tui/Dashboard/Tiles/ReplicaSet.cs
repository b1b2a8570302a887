using Tether.Protocol.Model;
using Tether.Protocol.Terminal;
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
    private readonly Dictionary<string, SessionReplica> _bySession = [];
    private readonly Dictionary<int, string> _byChannel = [];
    private readonly Dictionary<string, int> _paces = [];
    private readonly HashSet<string> _asked = [];

    /// <summary>Null until its first answer is here, and for the session that this program runs in itself.</summary>
    public SessionReplica? Find(string session) => _bySession.GetValueOrDefault(session);

    /// <summary>True for the session that this program runs in itself.</summary>
    public bool IsOwn(string session) => session == ownSession;

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
                new CaptureRequest { Session = session.Id, Format = SessionReplica.CaptureFormat },
                captured =>
                {
                    _asked.Remove(session.Id);
                    _bySession[session.Id] = SessionReplica.OfCapture(captured);
                },
                complain);
        }
    }

    /// <summary>How many milliseconds lie between two pictures of a session that prints much.</summary>
    public void SetPace(string session, int milliseconds)
    {
        if (_bySession.TryGetValue(session, out var replica) && !replica.IsOver && _paces.GetValueOrDefault(session) != milliseconds)
        {
            _paces[session] = milliseconds;
            link.Tell(new PaceRequest { Channel = replica.Channel, Milliseconds = milliseconds });
        }
    }

    /// <summary>Asks for a session's screen with so many rows of history above it, as it is at one moment.</summary>
    /// <param name="session">Which.</param>
    /// <param name="rows">At most so many.</param>
    /// <param name="then">Called when it is here, with an emulator of its own and the <see cref="SessionRecord.OutputRow"/> of that moment.</param>
    public void AskHistory(string session, int rows, Action<TerminalEmulator, long> then) => link.Ask<CaptureReply>(
        new CaptureRequest { Session = session, Format = SessionReplica.CaptureFormat, Scrollback = rows },
        captured => then(SessionReplica.OfCapture(captured, rows).Emulator, captured.OutputRow),
        complain);

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
