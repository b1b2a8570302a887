using System.Threading.Channels;

namespace Tether.Daemon.Approvals;

/// <summary>Work that is done one piece after another, in the order in which it was left, by a thread of the pool: for callers that must not wait.</summary>
internal sealed class SerialWork : IDisposable
{
    private readonly Channel<Action> _work = Channel.CreateUnbounded<Action>(new UnboundedChannelOptions { SingleReader = true });
    private readonly Action<Exception> _failed;

    /// <param name="failed">Told what a piece of work threw; the next one is done all the same.</param>
    public SerialWork(Action<Exception> failed)
    {
        _failed = failed;
        _ = RunAsync();
    }

    public void Post(Action work) => _work.Writer.TryWrite(work);

    public void Dispose() => _work.Writer.TryComplete();

    private async Task RunAsync()
    {
        await foreach (var work in _work.Reader.ReadAllAsync().ConfigureAwait(false))
        {
            try
            {
                work();
            }
            catch (Exception e) when (e is not OutOfMemoryException)
            {
                _failed(e);
            }
        }
    }
}
