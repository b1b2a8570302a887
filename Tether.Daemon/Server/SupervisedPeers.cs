using System.Globalization;
using Tether.Daemon.Agents;
using Tether.Daemon.Sessions;
using Tether.Protocol.Model;

namespace Tether.Daemon.Server;

/// <summary>
/// Which clients are run by an agent that a session supervises: its descendants, by the kernel's own account of parents. A shell's session is a person's.
/// It keeps an agent from answering itself by the plain way; against a program of the same user that means harm no local check helps.
/// </summary>
internal sealed class SupervisedPeers(SessionTable table, Func<SessionRecord, AgentKind?> kindOf)
{
    private const int MostAncestors = 64;

    /// <summary>Held from before a program is started until its session is live: who holds it knows the sessions of all programs that run.</summary>
    public Lock Launching { get; } = new();

    /// <summary>The session that the client is run by; null for a person's client, and for one whose process is not known.</summary>
    public SessionRecord? Find(ClientConnection connection) => Find(connection.ProcessId);

    /// <summary>The session that a process is run by; null for a person's, and for 0.</summary>
    public SessionRecord? Find(int process)
    {
        var leaders = Leaders();
        for (var i = 0; i < MostAncestors && process > 1; i++)
        {
            if (leaders.TryGetValue(process, out var session))
            {
                return session;
            }

            process = ParentOf(process);
        }

        return null;
    }

    // An agent that asks before its session is live must not be taken for a person's client.
    private Dictionary<int, SessionRecord> Leaders()
    {
        lock (Launching)
        {
            return table.Live.Where(session => session.HasProgram)
                .Select(session => (session.Pty.Leader.ProcessId, Record: table.FindRecord(session.Id)))
                .Where(pair => pair.Record is not null && kindOf(pair.Record) is { Provider.IsLoginShell: false })
                .GroupBy(pair => pair.ProcessId).ToDictionary(group => group.Key, group => group.First().Record!);
        }
    }

    // The name in the second field may hold anything, parentheses and blanks too.
    private static int ParentOf(int process)
    {
        try
        {
            var stat = File.ReadAllText($"/proc/{process}/stat");
            var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
            return int.Parse(fields[1], CultureInfo.InvariantCulture);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or FormatException or ArgumentOutOfRangeException)
        {
            return 0;
        }
    }
}
