using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using Tether.Daemon.Approvals;
using Tether.Daemon.Server;
using Tether.Daemon.Sessions;
using Tether.Protocol.Model;
using Tether.Protocol.Wire;

namespace Tether.Daemon.Agents.Hooks;

/// <summary>What a hook desk needs of the daemon around it. Nothing here waits.</summary>
internal interface IHookHost
{
    TimeProvider Clock { get; }

    SessionRecord? FindLive(string session);

    AgentKind? KindOf(SessionRecord session);

    void Signal(string session, AgentSignal signal);

    void AgentSessionKnown(string session, string agentSession);

    /// <summary>A hook that held its question has gone without an answer: the question is the agent's own prompt's now.</summary>
    void HandedBack(Ask ask);
}

/// <summary>
/// Where the hooks of agents come in. Those that tell something are let go at once; those that ask are held until there is an answer. A hook that holds its
/// agent's own prompt back is let go without one when somebody takes control of the session, who is to see that prompt, or when the person's time for it is over.
/// </summary>
/// <param name="longestHold">For hooks that hold a prompt back.</param>
internal sealed class HookDesk(IHookHost host, AgentFolders folders, IApprovals approvals, TimeSpan longestHold, ILogger log)
{
    private const int MaxPayload = 1 << 20;
    private const int MaxKey = 64;

    // How long a hook whose connection ended has to come back with the same question.
    private static readonly TimeSpan ReturnLimit = TimeSpan.FromSeconds(25);

    private readonly Lock _gate = new();

    // ---- under _gate ----
    private readonly Dictionary<(string Session, string Key), WaitingHook> _waiting = [];

    /// <exception cref="RequestError">It is no hook of a session that runs here.</exception>
    public void Handle(ClientConnection connection, HookRequest request)
    {
        var session = Check(request);
        var kind = host.KindOf(session)!;
        var payload = Parse(request);
        var now = host.Clock.GetUtcNow();
        var effect = Read(kind, payload, new HookContext { Session = session, Key = request.Key, Now = now });
        if (effect.AgentSession is { Length: > 0 } agentSession && agentSession != session.AgentSession)
        {
            host.AgentSessionKnown(session.Id, agentSession);
        }

        if (effect.Settles is { } settles)
        {
            // What only tells that it finished or failed is no question that a hook could settle.
            approvals.Close(session.Id, ask => ask.Way != AnswerWay.None && settles(ask), effect.SettledBy, effect.SettledAs);
        }

        if (effect.Finishes is { Length: > 0 } finished)
        {
            approvals.Finished(session.Id, finished, effect.SettledBy, effect.SettledAs);
        }

        if (effect.Signal is { } signal && (effect.Ask is not null || IsAboutQuestions(signal) || !IsHolding(session.Id)))
        {
            host.Signal(session.Id, signal);
        }

        var hook = new WaitingHook(connection, request.Id, kind, payload, effect.Ask!, effect.HoldsPromptBack, now);
        if (effect.Ask is null)
        {
            hook.Reply(null);
            return;
        }

        Hold(hook);
        if (effect.HoldsPromptBack && session.Controller is not null)
        {
            HandBack(session.Id, request.Key);
        }
    }

    /// <summary>A connection ended: what it held may come back over another.</summary>
    public void Closed(ClientConnection connection)
    {
        foreach (var hook in Find(hook => hook.Connection == connection))
        {
            After(ReturnLimit, () => GiveUp(hook));
        }
    }

    /// <summary>A question is over without an answer from here: its hook may go.</summary>
    public void Withdrawn(string session, string key) => Take(session, key)?.Reply(null);

    /// <summary>Somebody took control of a session: prompts that are held back are drawn for him.</summary>
    public void Controlled(string session)
    {
        foreach (var hook in Find(hook => hook.HoldsPromptBack && hook.Ask.Session == session))
        {
            HandBack(session, hook.Ask.Key);
        }
    }

    /// <summary>A session's agent has gone on since then, and no prompt is on its screen: what asked before beside such a prompt was answered there.</summary>
    public void PromptsGone(string session, DateTimeOffset since)
    {
        foreach (var hook in Find(hook => !hook.HoldsPromptBack && hook.Ask.Session == session && hook.AskedAt < since))
        {
            approvals.Close(session, ask => ask.Key == hook.Ask.Key, "answered in the terminal");
        }
    }

    // Hooks of an agent's sub-agents run beside those of others: one that goes on does not say that nobody asks.
    private bool IsHolding(string session)
    {
        lock (_gate)
        {
            return _waiting.Keys.Any(key => key.Session == session);
        }
    }

    private static bool IsAboutQuestions(AgentSignal signal) =>
        signal.State is not (AgentState.Working or AgentState.Waiting or AgentState.Done or AgentState.Starting);

    private void Hold(WaitingHook hook)
    {
        var ask = hook.Ask;
        lock (_gate)
        {
            _waiting[(ask.Session, ask.Key)] = hook;
        }

        approvals.Open(ask, answer => Task.FromResult(Deliver(ask, answer)));
        if (hook.HoldsPromptBack)
        {
            After(longestHold, () =>
            {
                if (IsWaiting(hook))
                {
                    HandBack(ask.Session, ask.Key);
                }
            });
        }
    }

    private string Deliver(Ask ask, QueueAnswer answer)
    {
        var hook = Take(ask.Session, ask.Key) ?? throw new DeliveryException("the hook that asked is gone", mayComeBack: true);
        try
        {
            var output = hook.Kind.Write(hook.Payload, hook.Ask, answer) ?? throw new DeliveryException($"{hook.Kind.Name} takes no such answer", mayComeBack: false);
            hook.Reply(output);
            if (!IsHolding(ask.Session))
            {
                host.Signal(ask.Session, new AgentSignal { Source = SignalSource.Hook, State = AgentState.Working, Rule = $"{hook.Kind.Name}.hook.answered", At = host.Clock.GetUtcNow() });
            }

            return "delivered";
        }
        catch (DeliveryException)
        {
            lock (_gate)
            {
                _waiting.TryAdd((ask.Session, ask.Key), hook);
            }

            throw;
        }
    }

    private void HandBack(string session, string key)
    {
        if (Take(session, key) is { } hook)
        {
            host.HandedBack(hook.Ask);
            hook.Reply(null);
        }
    }

    private void GiveUp(WaitingHook hook)
    {
        if (IsWaiting(hook))
        {
            Take(hook.Ask.Session, hook.Ask.Key);
            host.HandedBack(hook.Ask);
        }
    }

    private WaitingHook? Take(string session, string key)
    {
        lock (_gate)
        {
            return _waiting.Remove((session, key), out var hook) ? hook : null;
        }
    }

    private bool IsWaiting(WaitingHook hook)
    {
        lock (_gate)
        {
            return _waiting.TryGetValue((hook.Ask.Session, hook.Ask.Key), out var now) && ReferenceEquals(now, hook);
        }
    }

    private List<WaitingHook> Find(Func<WaitingHook, bool> which)
    {
        lock (_gate)
        {
            return [.. _waiting.Values.Where(which)];
        }
    }

    private void After(TimeSpan time, Action action) =>
        Task.Delay(time, host.Clock).ContinueWith(_ => action(), CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);

    private SessionRecord Check(HookRequest request)
    {
        folders.AwaitStart(request.Session);
        var session = host.FindLive(request.Session);
        var secret = session is null ? null : folders.Find(session.Id)?.Secret;
        if (session is null || secret is null
            || !CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes(request.Secret))
            || host.KindOf(session)?.Name != request.Agent)
        {
            // Whether there is such a session is nobody's business who has not its secret.
            throw new RequestError(ErrorCode.NotAllowed, $"no session that runs here has this secret and agent “{CleanText.Line(request.Agent, 40)}”");
        }

        return request.Key.Length is > 0 and <= MaxKey && request.Payload.Length <= MaxPayload
            ? session
            : throw new RequestError(ErrorCode.TooLarge, $"a key of {request.Key.Length} characters and a payload of {request.Payload.Length}: 1–{MaxKey}, and at most {MaxPayload}");
    }

    private static JsonElement Parse(HookRequest request)
    {
        try
        {
            using var json = JsonDocument.Parse(request.Payload);
            return json.RootElement.Clone();
        }
        catch (JsonException e)
        {
            throw new RequestError(ErrorCode.BadRequest, $"the hook's payload is no JSON: {e.Message}");
        }
    }

    // An agent of another version may say what is not known here: then it goes on as if nobody listened.
    private HookEffect Read(AgentKind kind, JsonElement payload, HookContext context)
    {
        try
        {
            return kind.Read(payload, context);
        }
        catch (Exception e) when (e is FormatException or InvalidOperationException or KeyNotFoundException or JsonException or ArgumentException)
        {
            log.HookNotUnderstood(kind.Name, context.Session.Id, e.Message);
            return HookEffect.None;
        }
    }
}
