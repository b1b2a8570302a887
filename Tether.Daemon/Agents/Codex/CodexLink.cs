using System.Net.Sockets;
using System.Net.WebSockets;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Threading.Channels;
using Tether.Daemon.Approvals;
using Tether.Protocol.Model;

namespace Tether.Daemon.Agents.Codex;

/// <summary>
/// Follows one Codex app-server beside its terminal interface: what it asks goes into the queue, and answers back; whoever answers first settles it. One
/// loop does everything but the delivery of answers; it comes back by itself, and then the server asks again what is open.
/// </summary>
internal sealed class CodexLink : IAgentLink
{
    private static readonly TimeSpan ShortestWait = TimeSpan.FromMilliseconds(100);

    // How long after a connection what was open before may take to be asked again.
    private static readonly TimeSpan ReturnLimit = TimeSpan.FromSeconds(3);

    private static readonly TimeSpan FollowAgain = TimeSpan.FromMilliseconds(200);

    private readonly AgentLinkContext _context;
    private readonly string _path;
    private readonly CancellationTokenSource _end = new();

    // ---- owned by the loop ----
    private readonly OrderedDictionary<string, CodexPending> _open = [];
    private readonly CodexFileChanges _changes = new();

    // Requests of threads that are about to be followed: what they are about is told with that.
    private readonly List<(string Thread, JsonElement Request)> _early = [];
    private readonly CodexActivity _activity;
    private string? _shown;
    private AgentSignal? _told;

    /// <param name="context">The session.</param>
    /// <param name="path">The server's socket, which may not be there yet.</param>
    public CodexLink(AgentLinkContext context, string path)
    {
        _context = context;
        _path = path;
        _activity = new CodexActivity(context.Session.Status?.State ?? AgentState.Unknown);
        _shown = context.Session.AgentSession;
        var loop = new LinkLoop(context, "codex", ShortestWait)
        {
            Follow = FollowAsync,
            Over = Forget,
            IsAbsence = e => e is WebSocketException or IOException or SocketException or HttpRequestException or TimeoutException,
        };
        _ = Task.Run(() => loop.RunAsync(_end.Token));
    }

    public void Dispose() => _end.Cancel();

    private async Task FollowAsync(Action connected)
    {
        using var connection = await CodexConnection.To(_path, _context.Clock, _end.Token).ConfigureAwait(false);
        using var over = CancellationTokenSource.CreateLinkedTokenSource(_end.Token);
        var work = Channel.CreateUnbounded<Action>(new UnboundedChannelOptions { SingleReader = true });
        var reading = ReadAsync(connection, work.Writer, over.Token);
        try
        {
            await connection.Call("initialize", Introduction(), over.Token).ConfigureAwait(false);
            await connection.Send(new JsonObject { ["method"] = "initialized" }, over.Token).ConfigureAwait(false);
            connected();
            var loaded = await connection.Call("thread/loaded/list", [], over.Token).ConfigureAwait(false);
            var conversation = new Conversation(connection, work.Writer, over.Token);
            foreach (var thread in loaded.Member("result").Texts("data"))
            {
                Follow(thread, conversation);
            }

            After(ReturnLimit, conversation, CloseWhatIsGone);
            Tell(isNews: true);
            await foreach (var act in work.Reader.ReadAllAsync(over.Token).ConfigureAwait(false))
            {
                act();
            }

            await reading.ConfigureAwait(false);
        }
        finally
        {
            await over.CancelAsync().ConfigureAwait(false);
            await reading.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        async Task ReadAsync(CodexConnection from, ChannelWriter<Action> to, CancellationToken cancel)
        {
            try
            {
                var conversation = new Conversation(from, to, cancel);
                await foreach (var message in from.Messages(cancel).ConfigureAwait(false))
                {
                    to.TryWrite(() => Take(message, conversation));
                }
            }
            finally
            {
                to.TryComplete();
                from.Dispose();
            }
        }
    }

    private static JsonObject Introduction() => new()
    {
        ["clientInfo"] = new JsonObject { ["name"] = "tether", ["title"] = "Tether", ["version"] = typeof(CodexLink).Assembly.GetName().Version?.ToString(3) ?? "0" },
        ["capabilities"] = new JsonObject { ["experimentalApi"] = true },
    };

    // Of its turns only the last one, which may be under way.
    private static JsonObject Subscription(string thread) => new()
    {
        ["threadId"] = thread,
        ["excludeTurns"] = true,
        ["initialTurnsPage"] = new JsonObject { ["limit"] = 1, ["itemsView"] = "full" },
    };

    private void Take(JsonElement message, Conversation conversation)
    {
        var method = message.Text("method")!;
        var told = message.Member("params");
        if (message.Member("id").ValueKind != JsonValueKind.Undefined)
        {
            Asked(message, conversation);
        }
        else if (method == "thread/started")
        {
            _activity.Meet(told.Member("thread"));
        }
        else if (method == "serverRequest/resolved")
        {
            Resolved(told);
        }
        else if (told.Text("threadId") is { } thread)
        {
            _changes.Take(method, told.Member("item"));
            _activity.Take(method, told);
            if (method == "turn/completed")
            {
                Drop(thread, told.Member("turn").Text("status") == "interrupted" ? "interrupted" : "its turn ended");
            }

            if (_activity.Thread(thread) is { IsActive: true, IsFollowed: false, IsBeingFollowed: false, IsHidden: false })
            {
                Follow(thread, conversation);
            }
        }

        Tell();
    }

    // A thread is in no file before its first turn, and cannot be followed until then.
    private void Follow(string id, Conversation conversation)
    {
        _activity.Thread(id).IsBeingFollowed = true;
        _ = FollowThreadAsync();

        async Task FollowThreadAsync()
        {
            JsonElement reply = default;
            try
            {
                reply = await conversation.Connection.Call("thread/resume", Subscription(id), conversation.Over).ConfigureAwait(false);
            }
            catch (Exception e) when (e is IOException or TimeoutException or OperationCanceledException)
            {
                _context.Log.AgentNotReached("codex", _context.Session.Id, e.Message);
            }

            conversation.Work.TryWrite(() => Followed(id, reply.Member("result"), conversation));
        }
    }

    private void Followed(string id, JsonElement result, Conversation conversation)
    {
        var thread = _activity.Thread(id);
        thread.IsBeingFollowed = false;
        _changes.TakeTurns(result.Member("initialTurnsPage"));
        var early = _early.FindAll(one => one.Thread == id);
        _early.RemoveAll(one => one.Thread == id);
        early.ForEach(one => Asked(one.Request, conversation));
        if (result.Member("thread") is { ValueKind: JsonValueKind.Object } told)
        {
            _activity.Followed(told);
            Show(thread);
            Tell();
        }
        else if (thread is { IsActive: true, IsHidden: false })
        {
            After(FollowAgain, conversation, () =>
            {
                if (thread is { IsFollowed: false, IsBeingFollowed: false, IsHidden: false })
                {
                    Follow(id, conversation);
                }
            });
        }
    }

    private void Asked(JsonElement message, Conversation conversation)
    {
        var told = message.Member("params");
        if (told.Text("threadId") is not { } id)
        {
            return;
        }

        var thread = _activity.Thread(id);
        var item = _changes.Find(told.Text("itemId"));
        if (thread.IsBeingFollowed && item.ValueKind == JsonValueKind.Undefined && message.Text("method") == CodexRequest.FileChange)
        {
            _early.Add((id, message));
            return;
        }

        var ask = thread.IsHidden ? null : CodexRequest.Read(message, _context.Session, thread.SubAgent, item);
        if (ask is null)
        {
            return;
        }

        var pending = new CodexPending(id, told.Text("turnId"), message, ask, conversation.Connection, conversation.Over);
        _open[ask.Key] = pending;
        _context.Approvals.Open(ask, ask.Way == AnswerWay.Protocol ? pending.Deliver : null);
    }

    private void Resolved(JsonElement told)
    {
        if (told.Text("threadId") is not { } thread || told.Member("requestId") is not { ValueKind: not JsonValueKind.Undefined } id)
        {
            return;
        }

        var key = CodexRequest.Key(thread, id);
        _early.RemoveAll(one => CodexRequest.Key(one.Thread, one.Request.Member("id")) == key);
        if (!_open.Remove(key, out var pending))
        {
            return;
        }

        if (!pending.Resolve())
        {
            _context.Approvals.Close(_context.Session.Id, ask => ask.Key == pending.Ask.Key, "answered in the terminal");
        }
    }

    private void Drop(string thread, string reason)
    {
        _early.RemoveAll(one => one.Thread == thread);
        foreach (var key in _open.Where(open => open.Value.Thread == thread).Select(open => open.Key).ToList())
        {
            _open.Remove(key, out var pending);
            if (!pending!.Resolve())
            {
                _context.Approvals.Close(_context.Session.Id, ask => ask.Key == key, reason);
            }
        }
    }

    private void CloseWhatIsGone() => _context.Approvals.Close(
        _context.Session.Id, ask => CodexRequest.IsKey(ask.Key) && !_open.ContainsKey(ask.Key), "it was settled while the daemon was not connected to codex");

    // The person writes only into threads of his own: the one that worked last is the one that he sees.
    private void Show(CodexThread thread)
    {
        if (thread is { IsHidden: false, SubAgent: null } && thread.Id != _shown)
        {
            _shown = thread.Id;
            _context.AgentSessionKnown(thread.Id);
        }
    }

    private void Tell(bool isNews = false)
    {
        var signal = _activity.Signal(_open.Values.Select(open => open.Ask), _context.Clock.GetUtcNow());
        if (isNews || _told is null || signal != _told with { At = signal.At })
        {
            _told = signal;
            _context.Signal(signal);
        }
    }

    // Nothing is known any more until it answers again.
    private void Forget()
    {
        _open.Clear();
        _changes.Clear();
        _early.Clear();
        _activity.Restart();
        if (_told is not null)
        {
            _told = null;
            _context.Signal(new AgentSignal { Source = SignalSource.Protocol, State = AgentState.Unknown, Rule = "codex.protocol.lost", At = _context.Clock.GetUtcNow() });
        }
    }

    private void After(TimeSpan time, Conversation conversation, Action act) => Task.Delay(time, _context.Clock, conversation.Over).ContinueWith(
        _ => conversation.Work.TryWrite(act), conversation.Over, TaskContinuationOptions.OnlyOnRanToCompletion, TaskScheduler.Default);

    private sealed record Conversation(CodexConnection Connection, ChannelWriter<Action> Work, CancellationToken Over);
}
