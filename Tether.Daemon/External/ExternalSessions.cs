using Tether.Daemon.Agents.External;
using Tether.Daemon.Native;
using Tether.Daemon.Server.Api;
using Tether.Daemon.Sessions;
using Tether.Protocol.Model;

namespace Tether.Daemon.External;

/// <summary>Makes sessions without a program.</summary>
/// <param name="columns">Of their terminals.</param>
/// <param name="rows">Of their terminals.</param>
/// <param name="approval">Where the agent does not say.</param>
internal sealed class ExternalSessions(SessionTable table, SessionStart start, ISessionHost host, LineEnds ends, int columns, int rows, ApprovalMode approval)
{
    /// <summary>Each costs a thread and five descriptors.</summary>
    public const int Most = 2000;

    /// <exception cref="ApiError">There are too many, or the machine has no terminal for it.</exception>
    public Session Make(ExternalAgent agent, string title, string directory, ApprovalMode? mode)
    {
        if (table.Live.Count(session => !session.HasProgram) >= Most)
        {
            throw new ApiError(409, ApiError.InvalidState, $"{Most} agents are registered already; delete sessions that are over with");
        }

        var now = host.Clock.GetUtcNow();
        var record = new SessionRecord
        {
            Id = table.NewId(),
            Title = title,
            Provider = ExternalKind.KindName,
            Directory = directory,
            Approval = mode ?? approval,
            Columns = columns,
            Rows = rows,
            CreatedAt = now,
            LastOutputAt = now,
            External = agent,
        };
        SessionFile.Write(start.DirectoryOf(record.Id), record);
        int terminal;
        try
        {
            terminal = ends.Open(record.Id, columns, rows);
        }
        catch (NativeError e)
        {
            Directory.Delete(start.DirectoryOf(record.Id), recursive: true);
            throw new ApiError(503, ApiError.Unavailable, $"no terminal for it: {e.Message}");
        }

        var session = start.New(record, terminal, default);
        table.Remember(record);
        table.AddLive(session);
        host.Changed(record);
        host.Happened(record.Id, "created", $"{agent.Name} ({agent.Type})");
        session.Start();
        return session;
    }
}
