using Tether.Daemon.Agents;
using Tether.Daemon.Configuration;
using Tether.Daemon.Keeper;
using Tether.Daemon.Native;
using Tether.Daemon.Sessions;
using Tether.Daemon.Storage;
using Tether.Protocol.Model;
using Tether.Protocol.Wire;

namespace Tether.Daemon.Server;

/// <summary>From a create request to a running session: white-list, directory, program, pty, thread.</summary>
internal sealed class SessionLauncher(
    ProviderList providers, TetherConfig config, KeeperLink keeper, SessionStart start, SessionTable table, SessionEnds ends, Registry registry, SessionHost host, AgentLauncher agents,
    Action<SessionRecord> started)
{
    // What the kernel takes for one argument, and what a remote client may send.
    private const int LocalArguments = 1024, LocalArgumentLength = 128 * 1024, RemoteArguments = 64, RemoteArgumentLength = 4096;

    /// <param name="request">What to start.</param>
    /// <param name="isLocal">Whether the local user asks.</param>
    /// <param name="continuation">The agent's session that it resumes, if it does.</param>
    public SessionRecord Launch(CreateRequest request, bool isLocal, Continuation? continuation = null)
    {
        CheckArguments(request.Arguments, isLocal);
        var provider = providers.Find(request.Provider) ?? throw new RequestError(
            ErrorCode.UnknownProvider, $"“{request.Provider}” is no provider; there are {string.Join(", ", providers.All.Select(one => one.Name))}");
        var id = table.NewId();
        CheckSurroundings(request, isLocal);

        var environment = SessionEnvironment.Build(request.Environment, id);
        var directory = request.Directory ?? SessionEnvironment.Get(environment, "HOME") ?? "/";
        var (plan, error) = LaunchPlan.For(provider, request.Arguments, directory, environment);
        if (plan is null)
        {
            throw new RequestError(error!.Code, error.Message);
        }

        var approval = request.Approval ?? config.Approval;
        if (!Enum.IsDefined(approval))
        {
            throw new RequestError(ErrorCode.BadRequest, $"no approval mode {approval}: ask, edits or bypass");
        }

        var now = host.Clock.GetUtcNow();
        var record = new SessionRecord
        {
            Id = id,
            Title = request.Title ?? provider.Name,
            Provider = provider.Name,
            Arguments = request.Arguments,
            Directory = plan.Directory,
            Approval = approval,
            Columns = Size(request.Columns, config.Columns, AttachRequests.MaxColumns, "columns"),
            Rows = Size(request.Rows, config.Rows, AttachRequests.MaxRows, "rows"),
            CreatedAt = now,
            LastOutputAt = now,
            AgentSession = continuation?.AgentSession,
            Tags = continuation?.Tags ?? [],
        };
        try
        {
            return Start(agents.Prepare(id, provider, plan, approval), request, record, continuation);
        }
        catch
        {
            agents.Abandon(id);
            throw;
        }
    }

    /// <summary>A person changes what is remembered of a session that is over.</summary>
    public SessionRecord Change(SessionRecord record, SessionChange change)
    {
        record = change.Of(record);
        table.Remember(record);
        registry.Save(record, 0);
        SessionFile.Write(start.DirectoryOf(record.Id), record);
        host.Happened(record.Id, change.Kind, change.Text);
        return record;
    }

    /// <summary>An ended session and its journal are deleted.</summary>
    public void Forget(string id)
    {
        table.Forget(id);
        host.Happened(id, "deleted", "");
        registry.Delete(id);
        DeleteJournal(id);
    }

    private void DeleteJournal(string id)
    {
        try
        {
            Directory.Delete(start.DirectoryOf(id), recursive: true);
        }
        catch (DirectoryNotFoundException)
        {
            // Gone already, or never made.
        }
    }

    private SessionRecord Start(LaunchPlan plan, CreateRequest request, SessionRecord record, Continuation? continuation)
    {
        SessionFile.Write(start.DirectoryOf(record.Id), record);
        (var session, record) = Spawn(plan, request, record);
        table.AddLive(session);
        keeper.Settle(record.Id);
        host.Happened(record.Id, "created", $"{record.Provider} in {record.Directory}{(continuation is null ? "" : $", {continuation.Text}")}");
        ends.Settle(session);
        session.Start();
        started(record);
        return record;
    }

    private (Session Session, SessionRecord Record) Spawn(LaunchPlan plan, CreateRequest request, SessionRecord record)
    {
        int master;
        ProcessIdentity leader;
        try
        {
            (var processId, var startTime, master) = keeper.Spawn(new KeeperMessage.Spawn
            {
                Session = record.Id,
                Path = plan.Program,
                Arguments = plan.Arguments,
                Environment = plan.Environment,
                Directory = plan.Directory,
                Columns = record.Columns,
                Rows = record.Rows,
                FileLimit = request.FileLimit,
                Umask = request.Umask,
            });
            leader = new ProcessIdentity(processId, startTime);
        }
        catch (NativeError e)
        {
            DeleteJournal(record.Id);
            throw new RequestError(ErrorCode.SpawnFailed, $"{plan.Program} could not be started: {e.Message}");
        }

        record = record with { ProcessId = leader.ProcessId };
        table.Remember(record);
        registry.Save(record, leader.StartTime);
        return (MakeSession(record, master, leader, request.Colors), record);
    }

    private Session MakeSession(SessionRecord record, int master, ProcessIdentity leader, int[]? colors)
    {
        try
        {
            return start.New(record, master, leader, colors);
        }
        catch
        {
            // Nobody would ever read what the program prints: without its terminal it ends.
            _ = Libc.close(master);
            keeper.Settle(record.Id);
            keeper.Release(record.Id);
            Forget(record.Id);
            throw;
        }
    }

    private static void CheckSurroundings(CreateRequest request, bool isLocal)
    {
        if ((request.Environment is not null || request.FileLimit != 0 || request.Umask >= 0) && !isLocal)
        {
            throw new RequestError(ErrorCode.BadRequest, "only a local client may send an environment, a limit or a umask");
        }

        if (request.Environment is { } environment && Array.Exists(environment, entry => entry is null))
        {
            throw new RequestError(ErrorCode.BadRequest, "an entry of the environment is null; entries are KEY=value");
        }
    }

    private static int Size(int asked, int standard, int largest, string what) => asked switch
    {
        0 => standard,
        > 0 when asked <= largest => asked,
        _ => throw new RequestError(ErrorCode.BadRequest, $"{asked} {what}: 1–{largest}, or 0 for the configured {standard}"),
    };

    private static void CheckArguments(string[] arguments, bool isLocal)
    {
        if (Array.Exists(arguments, argument => argument is null))
        {
            throw new RequestError(ErrorCode.BadRequest, "an argument is null; leave it out, or send an empty text");
        }

        var (count, length) = isLocal ? (LocalArguments, LocalArgumentLength) : (RemoteArguments, RemoteArgumentLength);
        if (arguments.Length > count || arguments.Any(argument => argument.Length > length || argument.Contains('\0')))
        {
            throw new RequestError(ErrorCode.TooLarge, $"at most {count} arguments of at most {length} characters each, without NUL");
        }
    }
}
