using Tether.Daemon.Approvals;
using Tether.Protocol.Model;

namespace Tether.Daemon.External;

/// <summary>
/// What this daemon knows of one agent that registered: what it said it is up to, what it asked, and who waits for what comes of that. Any thread may call; nothing
/// here waits.
/// </summary>
/// <param name="told">What it said last; Unknown when it has said nothing.</param>
/// <param name="signal">Tells its session what it is up to.</param>
internal sealed class RegisteredAgent(AgentState told, Action<AgentState, string> signal)
{
    /// <summary>So many requests of one agent may be open.</summary>
    public const int MostOpen = 100;

    // Names of requests that are over stay for those who ask late.
    private const int MostNames = 1000;

    private readonly Lock _gate = new();

    // ---- under _gate ----
    private readonly Dictionary<string, QueueItem> _asked = [];
    private readonly Dictionary<string, ITimer> _timeouts = [];
    private readonly Dictionary<string, TaskCompletionSource<QueueItem>> _awaited = [];
    private readonly Dictionary<string, string> _ids = [];
    private readonly Queue<string> _names = new();
    private AgentState _told = told;
    private string _detail = "";

    public PushOrder Pushes { get; } = new();

    /// <summary>It told what it is up to, or, without a state, that it is there.</summary>
    public void Told(AgentState? state, string detail)
    {
        lock (_gate)
        {
            // What it says while it has failed, or before it ever told anything, means that it works.
            var known = state ?? (_told is AgentState.Unknown or AgentState.Failed ? AgentState.Working : _told);
            if (state is not null || known != _told)
            {
                (_told, _detail) = (known, CleanText.Line(detail));
                Signal();
            }
        }
    }

    /// <summary>Says again what is known, to a session that has just begun.</summary>
    public void TellAgain()
    {
        lock (_gate)
        {
            if (_told != AgentState.Unknown)
            {
                Signal();
            }
        }
    }

    /// <summary>A request of its own name is the item of this id.</summary>
    public void Named(string key, string item)
    {
        lock (_gate)
        {
            if (_ids.TryAdd(key, item))
            {
                _names.Enqueue(key);
            }

            _ids[key] = item;
            if (_names.Count > MostNames)
            {
                _ids.Remove(_names.Dequeue());
            }
        }
    }

    /// <summary>No more requests may be opened before some are over.</summary>
    public bool IsFull
    {
        get
        {
            lock (_gate)
            {
                return _asked.Count >= MostOpen;
            }
        }
    }

    /// <summary>The id of the item that is meant by an id or by the agent's own name for it.</summary>
    public string IdOf(string request)
    {
        lock (_gate)
        {
            return _ids.GetValueOrDefault(request, request);
        }
    }

    /// <summary>An item of it is another now. Called under the queue's lock.</summary>
    public void Changed(QueueItem item)
    {
        if (item.Way != AnswerWay.Protocol)
        {
            return;
        }

        lock (_gate)
        {
            if (item.State is QueueState.Answered or QueueState.Closed)
            {
                Over(item);
            }
            else
            {
                _asked[item.Id] = item;
                _told = AgentState.Working;
            }

            Signal();
        }
    }

    /// <summary>A request of it will be over by itself.</summary>
    /// <param name="item">Its id.</param>
    /// <param name="timeout">Disposed of when the request is over before.</param>
    public void Expires(string item, ITimer timeout)
    {
        lock (_gate)
        {
            if (_asked.ContainsKey(item) && _timeouts.TryAdd(item, timeout))
            {
                return;
            }
        }

        timeout.Dispose();
    }

    /// <summary>Done when the request is over. Ask first, then look whether it is over already.</summary>
    public Task<QueueItem> Await(string item)
    {
        lock (_gate)
        {
            if (!_awaited.TryGetValue(item, out var awaited))
            {
                awaited = _awaited[item] = new TaskCompletionSource<QueueItem>(TaskCreationOptions.RunContinuationsAsynchronously);
            }

            return awaited.Task;
        }
    }

    private void Over(QueueItem item)
    {
        _asked.Remove(item.Id);
        if (_timeouts.Remove(item.Id, out var timeout))
        {
            timeout.Dispose();
        }

        if (_awaited.Remove(item.Id, out var awaited))
        {
            awaited.TrySetResult(item);
        }
    }

    private void Signal()
    {
        // What a rule answers at once needs nobody.
        var open = _asked.Values.Where(item => item.State == QueueState.Open).ToArray();
        var asks = Array.Find(open, item => item.Kind == QueueKind.Approval) ?? open.FirstOrDefault();
        signal(
            asks is null ? _told : asks.Kind == QueueKind.Approval ? AgentState.NeedsApproval : AgentState.NeedsAnswer,
            asks?.Title ?? _detail);
    }
}
