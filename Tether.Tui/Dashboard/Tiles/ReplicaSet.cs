using Tether.Protocol.Model;
using Tether.Protocol.Terminal;
using Tether.Protocol.Wire;
using Tether.Tui.Connection;
using Tether.Tui.Dashboard.Link;

namespace Tether.Tui.Dashboard.Tiles;

/// <summary>
/// The replicas of all sessions, fed over one connection: attached as observers when a session appears, in control only while the person types there.
/// The daemon sends each as often as its pace says. A session that ends keeps its last screen; one that had ended before is fetched when it is seen.
/// </summary>
internal sealed class ReplicaSet(DaemonLink link, string? ownSession, Action<string> complain)
{
    private readonly Dictionary<string, SessionReplica> _bySession = [];
    private readonly Dictionary<int, string> _byChannel = [];
    private readonly Dictionary<string, int> _paces = [];
    private readonly Dictionary<string, SessionRecord> _records = [];
    private readonly HashSet<string> _asked = [];
    private readonly HashSet<string> _refused = [];

    /// <summary>Null until its first answer is here, and for the session that this program runs in itself.</summary>
    public SessionReplica? Find(string session) => _bySession.GetValueOrDefault(session);

    /// <summary>True for the session that this program runs in itself.</summary>
    public bool IsOwn(string session) => session == ownSession;

    /// <summary>Attaches to what is new and runs, and forgets what is gone.</summary>
    /// <param name="sessions">All that are shown, those that have ended too.</param>
    public void Follow(IReadOnlyCollection<SessionRecord> sessions)
    {
        var gone = _records.Keys.Except(sessions.Select(session => session.Id)).ToArray();
        foreach (var session in sessions)
        {
            _records[session.Id] = session;
            if (session.State == SessionState.Running)
            {
                AttachOnce(session.Id);
            }
        }

        foreach (var session in gone)
        {
            Forget(session);
        }
    }

    /// <summary>How many milliseconds lie between two pictures of a session that prints much.</summary>
    public void SetPace(string session, int milliseconds)
    {
        if (!_bySession.TryGetValue(session, out var replica))
        {
            var isSeen = milliseconds < DashboardPace.Listed;
            if (isSeen && _records.TryGetValue(session, out var record) && record.State != SessionState.Running)
            {
                AttachOnce(session);
            }
        }
        else if (!replica.IsOver && _paces.GetValueOrDefault(session) != milliseconds)
        {
            _paces[session] = milliseconds;
            link.Tell(new PaceRequest { Channel = replica.Channel, Milliseconds = milliseconds });
        }
    }

    /// <summary>Asks for a session's screen with so many rows of history above it, as it is at one moment.</summary>
    /// <param name="session">Which; it may have ended.</param>
    /// <param name="rows">At most so many.</param>
    /// <param name="then">Called when it is here, with an emulator of its own and the <see cref="SessionRecord.OutputRow"/> of that moment.</param>
    public void AskHistory(string session, int rows, Action<TerminalEmulator, long> then) => link.Ask<CaptureReply>(
        new CaptureRequest { Session = session, Format = SessionReplica.CaptureFormat, Scrollback = rows },
        captured => then(SessionReplica.Paint(captured, rows), captured.OutputRow),
        complain);

    /// <summary>The session that something about a channel belongs to; null when it is not of this set.</summary>
    public string? SessionOf(Incoming incoming) =>
        _byChannel.GetValueOrDefault(incoming.Message is ChannelNotice notice ? notice.Channel : incoming.Header.Channel);

    /// <summary>Takes a frame, a new size, a change of control or the end.</summary>
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
                replica.End();
                _byChannel.Remove(replica.Channel);
                if (_records.TryGetValue(session, out var record) && record.State == SessionState.Running)
                {
                    // Should it come back, it is attached anew.
                    _asked.Remove(session);
                }

                break;
        }
    }

    private void AttachOnce(string session)
    {
        if (session != ownSession && _asked.Add(session))
        {
            Attach(session);
        }
    }

    private void Attach(string session)
    {
        var record = _records[session];
        link.Ask<AttachedReply>(
            new AttachRequest
            {
                Session = session, Mode = AttachMode.Observe, Columns = record.Columns, Rows = record.Rows,
                Pace = DashboardPace.Seen, Replica = true,
            },
            attached => Attached(session, attached),
            refusal => Refused(session, refusal));
    }

    private void Attached(string session, AttachedReply attached)
    {
        if (!_records.ContainsKey(session))
        {
            link.Tell(new DetachRequest { Channel = attached.Channel });
            return;
        }

        var replica = new SessionReplica(attached.Channel, attached.Mode, attached.Session);
        _paces[session] = DashboardPace.Seen;
        _bySession[session] = replica;
        _byChannel[attached.Channel] = session;
        _refused.Remove(session);
    }

    private void Refused(string session, string refusal)
    {
        // It is asked for again with the next list, but said once.
        _asked.Remove(session);
        if (_records.ContainsKey(session) && _refused.Add(session))
        {
            complain(refusal);
        }
    }

    private void Forget(string session)
    {
        if (_bySession.Remove(session, out var replica))
        {
            _byChannel.Remove(replica.Channel);
            if (!replica.IsOver)
            {
                link.Tell(new DetachRequest { Channel = replica.Channel });
            }
        }

        _records.Remove(session);
        _paces.Remove(session);
        _asked.Remove(session);
        _refused.Remove(session);
    }
}
