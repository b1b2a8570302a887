using Tether.Daemon.Events;

namespace Tether.Daemon.External;

/// <summary>
/// The pushes of one agent in their order: each is logged, in the order in which they came, and shown once it and all before it are. So many may be on their way;
/// who comes then waits, and with him the agent. Any thread may call.
/// </summary>
internal sealed class PushOrder
{
    /// <summary>So many are on their way at a time.</summary>
    public const int Most = 64;

    private readonly SemaphoreSlim _room = new(Most);
    private readonly Lock _gate = new();
    private Task _last = Task.CompletedTask;

    /// <param name="append">Logs it; called in turn, must not wait itself.</param>
    /// <param name="show">Shows it; the next is not shown before this is done.</param>
    /// <returns>Once it is logged and shown.</returns>
    public async Task<LoggedEvent> PushAsync(Func<Task<LoggedEvent>> append, Func<Task> show)
    {
        await _room.WaitAsync().ConfigureAwait(false);
        var shown = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Task before;
        Task<LoggedEvent> logged;
        lock (_gate)
        {
            (before, _last) = (_last, shown.Task);
            logged = Begin(append);
        }

        try
        {
            await Task.WhenAll(logged, before).ConfigureAwait(false);
            await show().ConfigureAwait(false);
            return await logged.ConfigureAwait(false);
        }
        finally
        {
            shown.SetResult();
            _room.Release();
        }
    }

    private static Task<LoggedEvent> Begin(Func<Task<LoggedEvent>> append)
    {
        try
        {
            return append();
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            return Task.FromException<LoggedEvent>(e);
        }
    }
}
