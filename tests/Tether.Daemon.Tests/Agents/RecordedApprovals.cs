using System.Threading.Channels;
using Tether.Daemon.Approvals;
using Tether.Protocol.Model;

namespace Tether.Daemon.Tests.Agents;

/// <summary>A queue that only writes down what is brought and closed.</summary>
internal sealed class RecordedApprovals : IApprovals
{
    private readonly Channel<(Ask Ask, Func<QueueAnswer, Task<string>> Deliver)> _opened = Channel.CreateUnbounded<(Ask, Func<QueueAnswer, Task<string>>)>();
    private readonly Channel<(string Key, string Reason, QueueDecision? Decision)> _closed = Channel.CreateUnbounded<(string, string, QueueDecision?)>();
    private readonly List<Ask> _open = [];

    public Task<(Ask Ask, Func<QueueAnswer, Task<string>> Deliver)> Opened => _opened.Reader.ReadAsync().AsTask().WaitAsync(Soon.Limit);

    public Task<(string Key, string Reason, QueueDecision? Decision)> Closed => _closed.Reader.ReadAsync().AsTask().WaitAsync(Soon.Limit);

    /// <summary>Something was closed that nobody has read yet.</summary>
    public bool HasClosed => _closed.Reader.TryPeek(out _);

    public string Open(Ask ask, Func<QueueAnswer, Task<string>>? deliver)
    {
        lock (_open)
        {
            _open.RemoveAll(open => open.Key == ask.Key);
            _open.Add(ask);
        }

        _opened.Writer.TryWrite((ask, deliver!));
        return ask.Key;
    }

    public void Close(string session, Func<Ask, bool> which, string reason, QueueDecision? decision = null, string by = "agent")
    {
        lock (_open)
        {
            foreach (var ask in _open.Where(which).ToList())
            {
                _open.Remove(ask);
                _closed.Writer.TryWrite((ask.Key, reason, decision));
            }
        }
    }

    public void Finished(string session, string correlation, string reason, QueueDecision? decision) => Close(session, ask => ask.Correlation == correlation, reason, decision);

    public void Redirect(string session, string key, AnswerWay way, Func<QueueAnswer, Task<string>>? deliver) => throw new NotSupportedException();
}
