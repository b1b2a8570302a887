using Tether.Daemon.Agents;
using Tether.Daemon.Agents.Stores;
using Tether.Daemon.Server.Api;
using Tether.Daemon.Server.Api.Sessions;
using Tether.Protocol.Model;
using Tether.Protocol.Wire;

namespace Tether.Daemon.Server;

/// <summary>Resumes an agent's session in one of Tether's, unless somebody else may be writing to it. Used on the stores' thread, so that two of a kind meet.</summary>
internal sealed class Adoption(ExternalLookups lookups, SessionLauncher launcher, SupervisedPeers supervised, ConfinedDirectories directories, TimeProvider clock)
{
    private const int LongestTitle = 64;

    // Agents write at least at the end of each step; a pause of a step is rarely longer.
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(30);

    /// <returns>The new session, or the one in which it runs already.</returns>
    public SessionRecord Adopt(ClientConnection connection, AdoptRequest request)
    {
        SessionRequests.CheckTitle(request.Title);
        var (store, session) = lookups.FindOutside(request.AgentSession);
        if (lookups.RunningIn(store.Agent, session) is { } running)
        {
            return running;
        }

        if (session.Parent is { Length: > 0 } parent)
        {
            throw new RequestError(ErrorCode.BadRequest, $"{session.Id} is a sub-agent's; {parent} is the session it belongs to");
        }

        var last = lookups.LastIn(store.Agent, session.Id);
        if (!request.Force)
        {
            Guard(store, session, last);
        }

        // What was first started to do one thing and end goes on as a conversation.
        var kind = AgentKinds.Find(store.Agent);
        var arguments = kind?.ResumeArguments(session.Id, last?.Arguments ?? []) ?? kind?.ResumeArguments(session.Id, [])
            ?? throw new RequestError(ErrorCode.BadRequest, $"{store.Agent} cannot resume a session by its id");
        var directory = last?.Directory ?? session.Directory;
        if (!connection.IsLocal)
        {
            Confine(connection, last, directory, arguments.Length > (kind?.ResumeArguments(session.Id, [])?.Length ?? 0));
        }

        return launcher.Launch(
            new CreateRequest
            {
                Provider = last?.Provider ?? store.Agent,
                Arguments = arguments,
                Directory = directory,
                Environment = request.Environment,
                FileLimit = request.FileLimit,
                Umask = request.Umask,
                Title = request.Title ?? last?.Title ?? Title(session.Title),
                Columns = request.Columns,
                Rows = request.Rows,
                Colors = request.Colors,
                Approval = last?.Approval,
            },
            connection.IsLocal,
            new Continuation(session.Id, last?.Tags ?? [], last?.Id));
    }

    // What a client that is not local could not start it cannot start again either.
    private void Confine(ClientConnection connection, SessionRecord? last, string directory, bool hasArguments)
    {
        directories.Confine(directory);
        var isBypass = last?.Approval == ApprovalMode.Bypass;
        if ((isBypass || hasArguments) && !connection.Rights.May(ApiScope.Admin))
        {
            throw new RequestError(ErrorCode.NotAllowed, $"the session was started with {(isBypass ? "everything allowed" : "arguments of its own")}: to resume it so needs the scope admin");
        }

        if (isBypass && supervised.Find(connection) is { } inside)
        {
            throw new RequestError(ErrorCode.NotAllowed, $"this comes from inside session {inside.Id} ({inside.Title}): an agent cannot start another that asks nothing");
        }
    }

    private void Guard(IAgentStore store, KeptSession session, SessionRecord? last)
    {
        const string Advice = "Two that write to one session spoil it: end that one first, or use --force.";
        if (session.Running is { } sign)
        {
            throw new RequestError(ErrorCode.InUse, $"{store.Agent} has {session.Id} open: {sign.Evidence}. {Advice}");
        }

        if (store.Suspects(session).FirstOrDefault(suspect => suspect.ProcessId is not { } process || lookups.OwnerOf(process) is null) is { } suspect)
        {
            throw new RequestError(ErrorCode.InUse, $"{store.Agent} may have {session.Id} open, it does not tell: {suspect.Evidence}. {Advice}");
        }

        // Our own, which is over, was the writer.
        var age = clock.GetUtcNow() - session.LastActivity;
        if (age < Fresh && last is null)
        {
            throw new RequestError(
                ErrorCode.InUse, $"something wrote to {session.Id} {Math.Max(0, (int)age.TotalSeconds)} s ago, and nobody of Tether's. Wait half a minute, or use --force.");
        }
    }

    private static string? Title(string title)
    {
        if (title.Length <= LongestTitle)
        {
            return title.Trim().Length == 0 ? null : title;
        }

        var cut = title[..(LongestTitle - 1)];
        return (char.IsHighSurrogate(cut[^1]) ? cut[..^1] : cut) + "…";
    }
}
