using System.Text.RegularExpressions;
using Tether.Daemon.Journal;
using Tether.Daemon.Native;
using Tether.Daemon.Server;
using Tether.Daemon.Server.Api;
using Tether.Daemon.Sessions;
using Tether.Protocol.Model;
using Tether.Protocol.Terminal;
using Tether.Protocol.Wire;

namespace Tether.Daemon.Tests;

/// <summary>A live session whose program is the test: it prints to and reads from <see cref="Program"/>.</summary>
internal sealed class SessionRig : IDisposable
{
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private static int _lastViewer = 1 << 20;

    private readonly ScratchDirectory _scratch = new();

    public SessionRig(int columns = 80, int rows = 24, JournalLimits? limits = null, int leader = 0)
    {
        Host = new FakeHost(Table);
        Settings = new SessionSettings
        {
            JournalsDirectory = _scratch.Path,
            Journal = limits ?? new JournalLimits(ScrollbackRows: 1000, TotalBytes: 64 << 20),
            StopGrace = TimeSpan.FromSeconds(5),
            Terminal = new TerminalOptions { ScrollbackRows = 1000 },
        };
        Start = new SessionStart(Settings, Host);
        var lookups = new SessionLookups(Table);
        Attachments = new AttachRequests(lookups, new EndedSessions(lookups, Start), client => client.Rights.May(ApiScope.Approve), TimeProvider.System);
        Program = new PtyPair(columns, rows);
        var record = new SessionRecord
        {
            Id = "aaaaaaaa",
            Title = "test",
            Provider = "shell",
            Directory = "/",
            Columns = columns,
            Rows = rows,
            CreatedAt = TimeProvider.System.GetUtcNow(),
        };
        Table.Remember(record);
        Session = Start.New(record, Program.TakeMaster(), new ProcessIdentity(leader, 0));
        Table.AddLive(Session);
        Session.Start();
    }

    public FakeHost Host { get; }

    public SessionTable Table { get; } = new();

    public SessionSettings Settings { get; }

    public SessionStart Start { get; }

    public AttachRequests Attachments { get; }

    public PtyPair Program { get; }

    public Session Session { get; }

    public string JournalDirectory => Start.DirectoryOf(Session.Id);

    /// <summary>Attaches as the handler would; what comes before the reply stays in the connection.</summary>
    public AttachedReply Attach(FakeConnection client, AttachMode mode = AttachMode.Control, bool take = false, int columns = 80, int rows = 24)
    {
        Attachments.Attach(client, new AttachRequest { Id = 1, Session = Session.Id, Mode = mode, Take = take, Columns = columns, Rows = rows });
        return client.Next<AttachedReply>();
    }

    /// <summary>Lends a terminal, as the handler does when its descriptor came with the request.</summary>
    public LentTerminal Lend(FakeConnection client, PtyPair window, byte chord = 0x1d, bool take = false, byte[]? settings = null, bool asksColors = false)
    {
        var (columns, rows) = window.Size;
        var device = TerminalDevice.Open(window.OpenSlave(), settings)!;
        return Ask(() =>
        {
            var lent = new LentTerminal(Interlocked.Increment(ref _lastViewer), client, client.Channels.NewChannel(), Session, device, chord, asksColors)
            {
                Columns = columns,
                Rows = rows,
            };
            client.Channels.Add(Session, lent);
            Session.Add(lent, AttachMode.Control, take, () => { });
            lent.Repaint(0);
            return lent;
        });
    }

    /// <summary>Runs on the session's thread.</summary>
    public T Ask<T>(Func<T> question)
        where T : class
    {
        var answer = Session.Ask(question);
        return answer.Wait(Patience) ? answer.Result ?? throw new InvalidOperationException("the session is over") : throw new TimeoutException("the session's thread does not answer");
    }

    public void Do(Action action) => Ask(() =>
    {
        action();
        return "";
    });

    /// <summary>Waits until a row of the screen matches.</summary>
    public void AwaitScreen(string pattern)
    {
        var outcome = new TaskCompletionSource<WaitOutcome>(TaskCreationOptions.RunContinuationsAsynchronously);
        Session.Post(() => Session.Waits.ForText(new Regex(pattern), new Waiter(outcome.SetResult, () => true)));
        if (!outcome.Task.Wait(Patience) || outcome.Task.Result.Outcome != "text")
        {
            throw new TimeoutException($"“{pattern}” did not come on the screen");
        }
    }

    /// <summary>The program prints, and the session has it.</summary>
    public void Print(string text)
    {
        var before = Ask(() => Session.Describe()).Offset;
        Program.Print(text);
        AwaitOffset(before + System.Text.Encoding.UTF8.GetByteCount(text));
    }

    public void AwaitOffset(long offset)
    {
        var start = TimeProvider.System.GetTimestamp();
        while (Ask(() => Session.Describe()).Offset < offset)
        {
            // Each question is a wake-up of the session's thread, which reads what there is.
            if (TimeProvider.System.GetElapsedTime(start) > Patience)
            {
                throw new TimeoutException($"offset {offset} was not reached");
            }
        }
    }

    /// <summary>The keeper reports the program's end; gives the session's last record.</summary>
    public SessionRecord End(int? exitCode = 0, int? signal = null)
    {
        Program.CloseSlave();
        Session.ProgramEnded(new SessionEnd(exitCode, signal));
        return AwaitOver();
    }

    public SessionRecord AwaitOver() =>
        Session.Over.Wait(Patience) ? Session.Over.Result : throw new TimeoutException("the session did not end");

    public void Dispose()
    {
        Session.Park();
        Session.Over.Wait(Patience);
        Program.Dispose();
        _scratch.Dispose();
    }
}
