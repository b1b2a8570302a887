using Tether.Daemon.Native;
using Tether.Daemon.Sessions;
using Tether.Protocol.Model;
using Tether.Protocol.Wire;

namespace Tether.Daemon.Server;

/// <summary>Attaching, and what an attached client may ask.</summary>
/// <param name="mayAnswer">Whether a client may press keys while an agent asks something.</param>
internal sealed class AttachRequests(SessionLookups lookups, EndedSessions ended, Func<ClientConnection, bool> mayAnswer, TimeProvider clock)
{
    public const int MaxColumns = 2000;
    public const int MaxRows = 1000;

    // The client shows desktop notifications itself, in a way that is none of a terminal's.
    private const string OwnWay = "notice";

    // Tokens of the session's poller; the first ones are its own.
    private static int _lastViewer = 15;

    public void Attach(ClientConnection connection, AttachRequest request)
    {
        CheckSize(request.Columns, request.Rows);
        CheckPace(request.Pace, Pacer.None);
        var record = lookups.Record(request.Session);
        if (lookups.FindLive(record.Id) is not { } session)
        {
            ended.Show(connection, request, record.Id);
            return;
        }

        // Who may not answer prompts gets frames, which are looked at one by one.
        var device = request.Lend ? Borrow(connection, request) : null;
        if (device is not null && !mayAnswer(connection))
        {
            device.Dispose();
            device = null;
        }

        if (!session.Post(() => AttachNow(session, connection, request, device)))
        {
            device?.Dispose();
            ended.Show(connection, request, record.Id);
        }
    }

    /// <summary>Answered behind the last frame.</summary>
    public void Detach(ClientConnection connection, DetachRequest request)
    {
        var (session, viewer) = Find(connection, request);
        connection.Channels.Remove(request.Channel);
        var isPosted = session.Post(() =>
        {
            session.Remove(viewer, isClientGone: false);
            connection.Send(new OkReply { Re = request.Id });
        });
        if (!isPosted)
        {
            connection.Send(new OkReply { Re = request.Id });
        }
    }

    public void Resize(ClientConnection connection, ResizeRequest request)
    {
        CheckSize(request.Columns, request.Rows);
        var (session, viewer) = Find(connection, request);
        session.Post(() => session.Resize(request.Columns, request.Rows, viewer));
    }

    public void Colors(ClientConnection connection, ColorsRequest request)
    {
        var (session, viewer) = Find(connection, request);
        session.Post(() => viewer.Learned(session, request.Colors));
    }

    public void TakeControl(ClientConnection connection, TakeControlRequest request)
    {
        var (session, viewer) = Find(connection, request);
        session.Post(() => session.TakeControl(viewer, request.IfFree));
    }

    public void ReleaseControl(ClientConnection connection, ChannelRequest request)
    {
        var (session, viewer) = Find(connection, request);
        session.Post(() => session.ReleaseControl(viewer));
    }

    /// <summary>Answered in front of its snapshot: what came before was on its way already.</summary>
    public void Redraw(ClientConnection connection, RedrawRequest request)
    {
        var (session, viewer) = Find(connection, request);
        var isPosted = session.Post(() =>
        {
            connection.Send(new OkReply { Re = request.Id });
            viewer.Repaint(request.Scrollback);
        });
        if (!isPosted)
        {
            connection.Send(new OkReply { Re = request.Id });
        }
    }

    public void Pace(ClientConnection connection, PaceRequest request)
    {
        CheckPace(request.Milliseconds, Pacer.Hold);
        var (session, viewer) = Find(connection, request);
        session.Post(() => (viewer as StreamViewer)?.SetPace(request.Milliseconds));
    }

    public void Resume(ClientConnection connection, ResumeRequest request)
    {
        var (session, viewer) = Find(connection, request);
        var isFree = request.Input is null || mayAnswer(connection);
        session.Post(() =>
        {
            if (request.Input is { } input && (isFree || !session.AsksByPrompt))
            {
                session.Type(viewer, input);
            }

            (viewer as LentTerminal)?.Resume(request.Redraw);
        });
    }

    /// <summary>Keys of a client. Those of an observer are refused, each frame with an error.</summary>
    public void Frame(ClientConnection connection, FrameHeader header, ReadOnlySpan<byte> payload)
    {
        if (header.Kind != FrameKind.Input)
        {
            throw new RequestError(ErrorCode.BadRequest, $"a client sends Input frames, not {header.Kind}");
        }

        if (!connection.Channels.TryGet(header.Channel, out var attached))
        {
            throw NoChannel(header.Channel);
        }

        var keys = payload.ToArray();
        var (session, viewer) = attached;
        var isFree = mayAnswer(connection);
        session.Post(() =>
        {
            if (viewer != session.Controller)
            {
                connection.Send(new ErrorReply { Code = ErrorCode.NotController, Message = "this client observes: take control to type" });
            }
            else if (!isFree && session.AsksByPrompt)
            {
                var refusal = WouldAnswer();
                connection.Send(new ErrorReply { Code = refusal.Code, Message = refusal.Message });
            }
            else if (!session.Type(viewer, keys))
            {
                connection.Send(new ErrorReply
                {
                    Code = ErrorCode.TooLarge,
                    Message = $"{keys.Length} bytes were not typed: the program has {PtyInput.Limit >> 20} MiB of input that it has not read yet",
                });
            }
        });
    }

    public void Closed(ClientConnection connection)
    {
        foreach (var (session, viewer) in connection.Channels.Close())
        {
            session.Post(() => session.Remove(viewer, isClientGone: true));
        }
    }

    private static TerminalDevice Borrow(ClientConnection connection, AttachRequest request)
    {
        if (request.Mode != AttachMode.Control)
        {
            throw new RequestError(ErrorCode.CannotLend, "only a terminal that controls is lent");
        }

        if (request.Chord is < 0 or > 31 or 27)
        {
            throw new RequestError(ErrorCode.BadRequest, $"chord {request.Chord}: a control byte (1–31, not 27) or 0 for none");
        }

        var descriptor = (connection as LocalConnection)?.TakeDescriptor() ?? -1;
        return descriptor >= 0 && TerminalDevice.Open(descriptor, request.Termios) is { } device
            ? device
            : throw new RequestError(ErrorCode.CannotLend, "no descriptor of a terminal that the daemon may open came with the message");
    }

    // On the session's thread.
    private void AttachNow(Session session, ClientConnection connection, AttachRequest request, TerminalDevice? device)
    {
        if (session.IsOver)
        {
            device?.Dispose();
            session.Over.ContinueWith(over => ShowEnd(connection, request, over.Result), TaskScheduler.Default);
            return;
        }

        // A terminal is lent only to be in control; without it the client watches by frames.
        var isLent = device is not null && (request.Take || session.Controller is null);
        var id = Interlocked.Increment(ref _lastViewer);
        var channel = connection.Channels.NewChannel();
        if (!isLent)
        {
            device?.Dispose();
        }

        Viewer viewer;
        try
        {
            viewer = isLent
                ? new LentTerminal(id, connection, channel, session, device!, (byte)request.Chord, asksColors: request.Colors is null) { AttachedAt = clock.GetUtcNow() }
                : new StreamViewer(id, connection, channel, session, request.Pace, request.Replica) { AttachedAt = clock.GetUtcNow() };
        }
        catch (NativeError e)
        {
            device!.Dispose();
            connection.Send(new ErrorReply { Re = request.Id, Code = ErrorCode.CannotLend, Message = e.Message });
            return;
        }

        (viewer.Columns, viewer.Rows, viewer.Colors) = (request.Columns, request.Rows, request.Colors);
        viewer.Alerts = !request.Replica && (request.Alerts == OwnWay || DesktopAlert.IsSequence(request.Alerts)) ? request.Alerts : null;
        if (!connection.Channels.Add(session, viewer))
        {
            viewer.Close(isClientGone: true);
            return;
        }

        session.Add(viewer, request.Mode, request.Take, () => connection.Send(new AttachedReply
        {
            Re = request.Id,
            Channel = channel,
            Mode = viewer.Mode,
            Lent = isLent,
            Session = session.Describe(),
        }));
        viewer.Repaint(request.Scrollback);
    }

    // One that still runs goes on without this daemon: the client hears that it ends and comes back to the next one.
    private void ShowEnd(ClientConnection connection, AttachRequest request, SessionRecord record)
    {
        if (record.State == SessionState.Running)
        {
            return;
        }

        try
        {
            ended.Show(connection, request, record.Id);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            connection.Send(new ErrorReply { Re = request.Id, Code = ErrorCode.Internal, Message = $"the last screen cannot be read: {e.Message}" });
        }
    }

    /// <summary>Keys that would answer an agent's prompt come from somebody who may not answer.</summary>
    public static RequestError WouldAnswer() =>
        new(ErrorCode.NotAllowed, "the agent asks something, and keys would answer it: that takes the scope approve, and is not for what runs inside a supervised session");

    private static (Session Session, Viewer Viewer) Find(ClientConnection connection, ChannelRequest request) =>
        connection.Channels.TryGet(request.Channel, out var attached) ? attached : throw NoChannel(request.Channel);

    private static RequestError NoChannel(int channel) =>
        new(ErrorCode.UnknownChannel, $"channel {channel} is not attached on this connection; `attached` tells the number");

    private static void CheckSize(int columns, int rows)
    {
        if (columns is < 1 or > MaxColumns || rows is < 1 or > MaxRows)
        {
            throw new RequestError(ErrorCode.BadRequest, $"{columns}×{rows} is no size for a terminal: 1–{MaxColumns} columns, 1–{MaxRows} rows");
        }
    }

    private static void CheckPace(int milliseconds, int least)
    {
        if (milliseconds < least || milliseconds > Pacer.Slowest)
        {
            throw new RequestError(ErrorCode.BadRequest, $"{milliseconds} is no pace: 0 for none, 1–{Pacer.Slowest} milliseconds{(least < 0 ? ", or -1 to hold" : "")}");
        }
    }
}
