using System.Globalization;
using Tether.Daemon.Agents;
using Tether.Daemon.Server.Api;
using Tether.Daemon.Sessions;
using Tether.Protocol.Model;
using Tether.Protocol.Wire;

namespace Tether.Daemon.Server;

/// <summary>
/// Which clients are run by an agent that a session supervises: its descendants, by the kernel's own account of parents. A shell's session is a person's.
/// It keeps an agent from answering itself by the plain way; against a program of the same user that means harm no local check helps.
/// </summary>
/// <param name="table">The sessions that run.</param>
/// <param name="kindOf">Null for a program that is no agent.</param>
/// <param name="folders">The sessions that are being started.</param>
/// <param name="keeper">The process id of the keeper, whose child every session's program is.</param>
internal sealed class SupervisedPeers(SessionTable table, Func<SessionRecord, AgentKind?> kindOf, AgentFolders folders, Func<int> keeper)
{
    /// <summary>In place of the number of a process: it has left, and it is not known who it was.</summary>
    public const int Gone = -1;

    private const int MostAncestors = 64, MostTries = 3;

    // From a program's start until its session is live.
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(2);

    /// <summary>The session that the client is run by; null for a person's client, and for one whose process is not known.</summary>
    /// <exception cref="RequestError">It is run by a program whose session is still being started, or has left.</exception>
    public SessionRecord? Find(ClientConnection connection) => Find(connection.ProcessId);

    /// <summary>An agent may start others, which ask no less than it does itself, and never nothing.</summary>
    /// <param name="connection">Who starts one.</param>
    /// <param name="mode">Null for the configured one.</param>
    /// <exception cref="RequestError">This is run by an agent that may not.</exception>
    public void CheckStart(ClientConnection connection, ApprovalMode? mode)
    {
        if (mode is not (null or ApprovalMode.Ask) && Find(connection) is { } session && (mode == ApprovalMode.Bypass || mode > session.Approval))
        {
            throw new RequestError(ErrorCode.NotAllowed, $"this comes from inside session {session.Id} ({session.Title}): an agent cannot start another that asks less than it does itself");
        }
    }

    /// <summary>Whether a client may press keys while a session's agent asks something: such keys answer it, whatever they were meant for.</summary>
    public bool MayAnswer(ClientConnection connection)
    {
        if (connection.Channels.MayAnswer is { } known)
        {
            return known;
        }

        try
        {
            var mayAnswer = connection.Rights.May(ApiScope.Approve) && Find(connection) is null;
            connection.Channels.MayAnswer = mayAnswer;
            return mayAnswer;
        }
        catch (RequestError)
        {
            return false;
        }
    }

    /// <summary>The session that a process is run by; null for a person's, and for 0.</summary>
    /// <exception cref="RequestError">It is run by a program whose session is still being started, or has left: who asks and does not wait for the answer is not taken for a person.</exception>
    public SessionRecord? Find(int process)
    {
        // An ancestor that ends meanwhile leaves its children to another one: then the way up is another.
        for (var i = 0; i < MostTries; i++)
        {
            if (TryFind(process, out var session))
            {
                return session;
            }
        }

        // Ancestors of another user may be hidden; the one that asks is not.
        return ParentOf(process) is not null ? null
            : throw new RequestError(ErrorCode.NotAllowed, "whoever asked this has left, and cannot be told from an agent any more: wait for the answer");
    }

    // False when one of them has ended, or cannot be seen.
    private bool TryFind(int process, out SessionRecord? session)
    {
        session = null;
        var leaders = Leaders();
        for (var i = 0; i < MostAncestors && process is not (0 or 1); i++)
        {
            if (leaders.TryGetValue(process, out session))
            {
                return true;
            }

            if (ParentOf(process) is not { } parent)
            {
                return false;
            }

            if (parent == keeper())
            {
                session = FindStarted(process);
                return true;
            }

            process = parent;
        }

        return true;
    }

    // An agent that asks before its session is live must not be taken for a person's client.
    private SessionRecord? FindStarted(int leader)
    {
        while (true)
        {
            var starting = folders.Starting;
            if (Leaders().TryGetValue(leader, out var session))
            {
                return session;
            }

            if (starting.Length == 0)
            {
                return null;
            }

            if (Task.WaitAny(starting, StartLimit) < 0)
            {
                throw new RequestError(ErrorCode.NotAllowed, "this comes from a session that is still being started: try again once it runs");
            }
        }
    }

    private Dictionary<int, SessionRecord> Leaders() => table.Live.Where(session => session.HasProgram)
        .Select(session => (session.Pty.Leader.ProcessId, Record: table.FindRecord(session.Id)))
        .Where(pair => pair.Record is not null && kindOf(pair.Record) is { Provider.IsLoginShell: false })
        .GroupBy(pair => pair.ProcessId).ToDictionary(group => group.Key, group => group.First().Record!);

    // Null when it has ended, or is hidden. The name in the second field may hold anything, parentheses and blanks too.
    private static int? ParentOf(int process)
    {
        try
        {
            var stat = File.ReadAllText($"/proc/{process}/stat");
            var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
            return int.Parse(fields[1], CultureInfo.InvariantCulture);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or FormatException or ArgumentOutOfRangeException)
        {
            return null;
        }
    }
}
