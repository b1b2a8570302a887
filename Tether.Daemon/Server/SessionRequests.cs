using System.Buffers;
using System.Text;
using System.Text.RegularExpressions;
using Tether.Daemon.Events;
using Tether.Daemon.External;
using Tether.Daemon.Server.Api;
using Tether.Daemon.Server.Api.Sessions;
using Tether.Daemon.Sessions;
using Tether.Protocol.Model;
using Tether.Protocol.Terminal;
using Tether.Protocol.Terminal.Keys;
using Tether.Protocol.Terminal.Snapshots;
using Tether.Protocol.Wire;

namespace Tether.Daemon.Server;

/// <summary>What clients ask about sessions without being attached to them.</summary>
internal sealed class SessionRequests(SessionTable table, SessionLookups lookups, SessionLauncher launcher, SessionStart start, HistoryRequests history, SupervisedPeers supervised, ConfinedDirectories directories, InputEvents said, Action<string> seen)
{
    private const int MaxTitle = 64;
    private const int MaxPattern = 1000;

    // They stop what an agent does, and answer nothing but no.
    private static readonly KeyPress[] Interrupts = [KeyPress.Of(Key.Escape), KeyPress.Of('c', KeyModifiers.Control)];

    // A session whose end was told has little left to do.
    private static readonly TimeSpan EndLimit = TimeSpan.FromSeconds(5);

    /// <summary>Takes what is said to agents that have no program; set before anybody asks.</summary>
    public required IExternalAgents Externals { get; init; }

    public SessionReply Create(ClientConnection connection, CreateRequest request)
    {
        CheckTitle(request.Title);
        if (connection.IsLocal)
        {
            return new SessionReply { Session = launcher.Launch(request, isLocal: true) };
        }

        // Over the local socket its own shell could start the same.
        supervised.CheckStart(connection, request.Approval);
        var directory = request.Directory is { } given ? directories.Confine(given) : null;
        return new SessionReply { Session = launcher.Launch(request with { Directory = directory }, isLocal: false) };
    }

    public SessionsReply List(ListRequest request)
    {
        var asked = table.Live.Select(session => session.DescribeAsync()).ToArray();
        var live = asked.Select(answer => answer.GetAwaiter().GetResult()).OfType<SessionRecord>().ToDictionary(record => record.Id);
        var all = table.Records.Select(record => live.GetValueOrDefault(record.Id, record));
        var wanted = request.All ? all : all.Where(record => record.State == SessionState.Running);
        return new SessionsReply { Sessions = [.. wanted.OrderBy(record => record.CreatedAt).ThenBy(record => record.Id, StringComparer.Ordinal)] };
    }

    /// <summary>Answers once the program has ended.</summary>
    public void Stop(ClientConnection connection, StopRequest request, Action<Reply> answer)
    {
        var session = lookups.Live(request.Session);
        session.Post(() => session.Stop(connection.Name, request.Force));
        session.Over.ContinueWith(over => Stopped(over.Result), TaskScheduler.Default);

        void Stopped(SessionRecord record)
        {
            if (record.State == SessionState.Running)
            {
                // This daemon ended first; the program is still about to.
                connection.Close();
            }
            else
            {
                answer(new SessionReply { Session = record });
            }
        }
    }

    public SessionReply Rename(RenameRequest request)
    {
        CheckTitle(request.Title);
        return Change(request.Session, SessionChange.Title(request.Title));
    }

    public void Seen(SeenRequest request) => seen(lookups.Record(request.Session).Id);

    public SessionReply SetApproval(ClientConnection connection, ApprovalModeRequest request)
    {
        if (supervised.Find(connection) is { } session)
        {
            throw new RequestError(ErrorCode.NotAllowed, $"this comes from inside session {session.Id} ({session.Title}): an agent cannot change what it may do unasked");
        }

        return Enum.IsDefined(request.Mode)
            ? Change(request.Session, SessionChange.Approval(request.Mode))
            : throw new RequestError(ErrorCode.BadRequest, $"no approval mode {request.Mode}: ask, edits or bypass");
    }

    public SessionReply Tag(TagRequest request) => Change(request.Session, SessionChange.Tags(SessionTags.Check(request.Tags)));

    public void Delete(DeleteRequest request)
    {
        var record = lookups.Record(request.Session);
        if (table.FindLive(record.Id) is { } session && (record.State == SessionState.Running || !session.Over.Wait(EndLimit)))
        {
            throw new RequestError(ErrorCode.StillRunning, $"session {record.Id} ({record.Title}) still runs; stop it first");
        }

        launcher.Forget(record.Id);
    }

    public ClientsReply Clients(ClientsRequest request)
    {
        var viewers = Ask(lookups.Record(request.Session), session => session.Viewers.Select(viewer => viewer.Describe()).ToArray());
        return new ClientsReply { Clients = viewers ?? [] };
    }

    public CaptureReply Capture(CaptureRequest request)
    {
        var write = Captures.WriterOf(request.Format)
            ?? throw new RequestError(ErrorCode.BadRequest, $"format “{request.Format}” is not known: {Captures.Formats}");
        var record = lookups.Record(request.Session);
        var captured = Ask(record, session => Captures.Of(session.Emulator, request.Scrollback, write)) ?? Captures.Of(start.Reread(record), request.Scrollback, write);
        return IsOneMessage(captured)
            ? captured
            : throw new RequestError(ErrorCode.TooLarge, $"so much as {request.Format} is more than the {LocalFrame.MaxJson >> 20} MiB of a message: ask for less scrollback");
    }

    public HistoryReply History(ClientConnection connection, HistoryRequest request)
    {
        var record = lookups.Record(request.Session);
        var end = Ask(record, session =>
        {
            session.FlushJournal();
            return session.Describe();
        })?.Offset ?? record.Offset;
        return history.Send(connection, request, start.DirectoryOf(record.Id), end);
    }

    public void Wait(ClientConnection connection, WaitRequest request, Action<Reply> answer)
    {
        var record = lookups.Record(request.Session);
        var pattern = request.For switch
        {
            "text" => ParsePattern(request.Pattern),
            "exit" or "idle" => null,
            _ => throw new RequestError(ErrorCode.BadRequest, $"cannot wait for “{request.For}”: exit, idle or text"),
        };
        if (request.TimeoutSeconds is < 0 or > 1e9 || request.IdleSeconds is < 0 or > 1e9)
        {
            throw new RequestError(ErrorCode.BadRequest, "times are seconds, 0 or more");
        }

        var isAnswered = 0;
        var session = table.FindLive(record.Id);
        if (session is null || !session.Post(() => Begin(session)))
        {
            if (table.FindRecord(record.Id) is { State: SessionState.Running })
            {
                // This daemon ends; the session does not.
                connection.Close();
                return;
            }

            Answer(new WaitOutcome("exit"));
        }

        void Begin(Session live)
        {
            var waiter = new Waiter(Answer, () => Volatile.Read(ref isAnswered) == 0 && !connection.Channels.IsClosed);
            switch (request.For)
            {
                case "text": live.Waits.ForText(pattern!, waiter); break;
                case "idle": live.Waits.ForIdle(TimeSpan.FromSeconds(request.IdleSeconds), waiter); break;
                default: live.Waits.ForExit(waiter); break;
            }

            if (live.IsOver)
            {
                live.Waits.Ended();
            }

            if (request.TimeoutSeconds > 0)
            {
                live.Deadlines.After(TimeSpan.FromSeconds(request.TimeoutSeconds), () => Answer(new WaitOutcome("timeout")));
            }
        }

        // Once; whichever comes first.
        void Answer(WaitOutcome outcome)
        {
            if (Interlocked.Exchange(ref isAnswered, 1) == 0)
            {
                var now = session is { IsOver: false } ? session.Describe() : table.FindRecord(record.Id) ?? record;
                answer(new WaitReply { Outcome = outcome.Outcome, Row = outcome.Row, Session = now });
            }
        }
    }

    public void Input(ClientConnection connection, InputRequest request, Action<Reply> answer)
    {
        if (request.WaitSeconds is < 0 or > 86400)
        {
            throw new RequestError(ErrorCode.BadRequest, $"{request.WaitSeconds} is no time to wait: 0–86400 seconds");
        }

        var session = lookups.Live(request.Session);
        if (!session.HasProgram && request is { Enter: true, Text.Length: > 0 })
        {
            Say(session.Id, connection, request, answer);
            return;
        }

        var send = new Send
        {
            Text = request.Text,
            Enter = request.Enter,
            Append = request.Append,
            Patience = request.WaitSeconds is { } seconds ? TimeSpan.FromSeconds(seconds) : Send.UsualPatience,
            Follow = request.Follow,
            IsWanted = () => !connection.Channels.IsClosed,
            Report = step => Report(session, connection, request, step, answer),
        };
        var mayAnswer = !request.Append || supervised.MayAnswer(connection);
        var isPosted = session.Post(() => Guarded(answer, () =>
        {
            CheckMayType(session, connection, request.Take, mayAnswer);
            if (!session.Send(send))
            {
                throw new RequestError(ErrorCode.TooLarge, $"nothing was typed: {SendQueue.Most} texts wait already, or it is longer than {PtyInput.Limit >> 20} MiB");
            }
        }));
        if (!isPosted)
        {
            throw SessionLookups.NotRunning(request.Session);
        }
    }

    // Nothing is typed: it stands on no line that somebody edits, and comes whole.
    private async void Say(string session, ClientConnection connection, InputRequest request, Action<Reply> answer)
    {
        try
        {
            await Externals.SayAsync(session, request.Text, connection.Name, connection.IsLocal ? "local" : "api").ConfigureAwait(false);
            answer(new InputReply { Receipt = SendReceipt.Submitted });
        }
        catch (ApiError e)
        {
            answer(new ErrorReply { Code = e.Status == 409 ? ErrorCode.NotRunning : e.Status == 413 ? ErrorCode.TooLarge : ErrorCode.Internal, Message = e.Message });
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            answer(new ErrorReply { Code = ErrorCode.Internal, Message = e.Message });
        }
    }

    // On the session's thread.
    private void Report(Session session, ClientConnection connection, InputRequest request, SendStep step, Action<Reply> answer)
    {
        if (step.Receipt == SendReceipt.Typed)
        {
            TellTyped(session, connection);

            // Its Enter is still to come: the program waits for this line as it did.
            if (request.Enter && request.Text.Length > 0 && !session.Pty.HidesLine)
            {
                said.Said(session.Id, request.Text, connection.Name, connection.IsLocal ? "local" : "api");
            }
        }

        if (step.Code is { } code)
        {
            answer(new ErrorReply { Code = code, Message = step.Reason ?? step.Receipt });
        }
        else if (step.IsLast)
        {
            answer(new InputReply { Receipt = step.Receipt, Reason = request.Follow ? step.Reason : null });
        }
        else if (request.Follow)
        {
            connection.Send(new InputProgressNotice { Request = request.Id, Receipt = step.Receipt, Reason = step.Reason });
        }
    }

    public void Keys(ClientConnection connection, KeysRequest request)
    {
        var session = lookups.Live(request.Session);
        var presses = Array.ConvertAll(request.Keys, name => KeyNames.TryParse(name, out var press)
            ? press
            : throw new RequestError(ErrorCode.BadRequest, $"“{name}” is no key: use names as ctrl-c, alt-x, shift-tab, up, enter, escape, f5, or a single character"));
        var mayAnswer = Array.TrueForAll(presses, press => Interrupts.Contains(press)) || supervised.MayAnswer(connection);
        var done = session.Ask(() =>
        {
            CheckMayType(session, connection, request.Take, mayAnswer);
            var bytes = new ArrayBufferWriter<byte>();
            foreach (var press in presses)
            {
                KeyEncoder.Encode(press, session.Emulator.Modes, bytes);
            }

            TellTyped(session, connection);
            return session.Type(bytes.WrittenSpan) ? session : throw TooMuchWaits("no key was pressed");
        });
        if (done.GetAwaiter().GetResult() is null)
        {
            throw SessionLookups.NotRunning(request.Session);
        }
    }

    // On the session's thread.
    private static void CheckMayType(Session session, ClientConnection connection, bool take, bool mayAnswer)
    {
        if (!mayAnswer && session.AsksByPrompt)
        {
            throw AttachRequests.WouldAnswer();
        }

        if (session.Controller is not { } controller || controller.Client == connection)
        {
            return;
        }

        if (!take)
        {
            throw new RequestError(ErrorCode.ControlTaken, $"{controller.Client.Name} is in control and may be typing");
        }
    }

    private static void TellTyped(Session session, ClientConnection connection)
    {
        if (session.Controller is { } controller && controller.Client != connection)
        {
            controller.Tell(new TextNotice { Channel = controller.Channel, Text = $"{connection.Name} typed into this session" });
        }
    }

    private static RequestError TooMuchWaits(string outcome) =>
        new(ErrorCode.TooLarge, $"{outcome}: the program has {PtyInput.Limit >> 20} MiB of input that it has not read yet");

    private static void Guarded(Action<Reply> answer, Action action)
    {
        try
        {
            action();
        }
        catch (RequestError e)
        {
            answer(new ErrorReply { Code = e.Code, Message = e.Message });
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // What one client asks for must not end the session.
            answer(new ErrorReply { Code = ErrorCode.Internal, Message = e.Message });
        }
    }

    // No character takes more than six bytes in JSON: most replies need not be written to know.
    private static bool IsOneMessage(CaptureReply reply) =>
        reply.Text.Length < LocalFrame.MaxJson / 8 || WireJson.Encode(reply).Length <= LocalFrame.MaxJson;

    private static Regex ParsePattern(string? pattern)
    {
        if (pattern is null or { Length: 0 or > MaxPattern })
        {
            throw new RequestError(ErrorCode.BadRequest, $"a wait for text wants a pattern of 1–{MaxPattern} characters");
        }

        try
        {
            return new Regex(pattern, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException)
        {
            throw new RequestError(ErrorCode.BadRequest, $"“{pattern}” is no pattern that can be matched in linear time: {e.Message}");
        }
    }

    private SessionReply Change(string reference, SessionChange change)
    {
        var record = lookups.Record(reference);
        return new SessionReply { Session = Ask(record, session => session.Change(change)) ?? launcher.Change(record, change) };
    }

    // Titles are shown in other people's terminals and on one line.
    internal static void CheckTitle(string? title)
    {
        if (title is not null && (title.Trim().Length == 0 || title.Length > MaxTitle || title.Any(char.IsControl)))
        {
            throw new RequestError(ErrorCode.BadRequest, $"a title is one line of 1–{MaxTitle} characters without control characters");
        }
    }

    private T? Ask<T>(SessionRecord record, Func<Session, T> question)
        where T : class
    {
        return table.FindLive(record.Id) is { } session ? session.Ask(() => question(session)).GetAwaiter().GetResult() : null;
    }
}
