namespace Tether.Daemon.Tests;

/// <summary>Waits for what must come soon, and fails instead of hanging. For tests whose subject is threads, not tasks.</summary>
internal static class Soon
{
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    public static T Result<T>(this Task<T> task) =>
        task.Wait(Limit) ? task.Result : throw new TimeoutException("it did not come in time");

    /// <summary>Something becomes true that no event tells.</summary>
    public static void Is(Func<bool> condition)
    {
        if (!SpinWait.SpinUntil(condition, Limit))
        {
            throw new TimeoutException("it did not become true in time");
        }
    }

    public static void Ends(this Task task)
    {
        if (!task.Wait(Limit))
        {
            throw new TimeoutException("it did not end in time");
        }
    }
}
