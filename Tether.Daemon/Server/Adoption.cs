using Tether.Daemon.Agents;
using Tether.Daemon.Agents.Stores;
using Tether.Protocol.Model;
using Tether.Protocol.Wire;

namespace Tether.Daemon.Server;

/// <summary>Resumes an agent's session in one of Tether's, unless somebody else may be writing to it. Used on the stores' thread, so that two of a kind meet.</summary>
internal sealed class Adoption(ExternalLookups lookups, SessionLauncher launcher, TimeProvider clock)
{
    private const int LongestTitle = 64;

    // Agents write at least at the end of each step; a pause of a step is rarely longer.
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(30);

    /// <returns>The new session, or the one in which it runs already.</returns>
    public SessionRecord Adopt(AdoptRequest request, bool isLocal)
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
        return launcher.Launch(
            new CreateRequest
            {
                Provider = last?.Provider ?? store.Agent,
                Arguments = arguments,
                Directory = last?.Directory ?? session.Directory,
                Environment = request.Environment,
                FileLimit = request.FileLimit,
                Umask = request.Umask,
                Title = request.Title ?? last?.Title ?? Title(session.Title),
                Columns = request.Columns,
                Rows = request.Rows,
                Colors = request.Colors,
                Approval = last?.Approval,
            },
            isLocal,
            new Continuation(session.Id, last?.Tags ?? [], last?.Id));
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
