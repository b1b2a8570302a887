namespace Tether.Testing;

/// <summary>How long a test waits for an event that should come at once, on a machine that does other work too.</summary>
public static class Patience
{
    /// <summary>What a person gives a key before he presses it again.</summary>
    public static TimeSpan Moment { get; } = TimeSpan.FromSeconds(4);

    /// <summary>A screen, a reply, a process that starts.</summary>
    public static TimeSpan Usual { get; } = TimeSpan.FromSeconds(15);

    /// <summary>A program that prints or reads a lot.</summary>
    public static TimeSpan Ample { get; } = TimeSpan.FromSeconds(60);

    /// <summary>
    /// Asks again and again, for what tells nobody when it changes: a process that disappears, a file that is written.
    /// </summary>
    public static async Task Until(Func<bool> isSo, string what, TimeSpan? within = null)
    {
        using var end = new CancellationTokenSource(within ?? Usual);
        while (!isSo())
        {
            if (end.IsCancellationRequested)
            {
                throw new TimeoutException("never came: " + what);
            }

            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System, CancellationToken.None);
        }
    }

    /// <summary>The same for a question that is asked asynchronously.</summary>
    public static async Task Until(Func<Task<bool>> isSo, string what, TimeSpan? within = null)
    {
        using var end = new CancellationTokenSource(within ?? Usual);
        while (!await isSo())
        {
            if (end.IsCancellationRequested)
            {
                throw new TimeoutException("never came: " + what);
            }

            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System, CancellationToken.None);
        }
    }
}
