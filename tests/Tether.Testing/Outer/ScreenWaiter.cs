namespace Tether.Testing.Outer;

/// <summary>One who waits for a screen to be as described.</summary>
internal sealed class ScreenWaiter(Func<OuterScreen, bool> isSo)
{
    public TaskCompletionSource<OuterScreen> Completion { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>True when the waiting is over: it is so, or the description itself failed.</summary>
    public bool Satisfies(OuterScreen screen)
    {
        try
        {
            return isSo(screen) && Completion.TrySetResult(screen);
        }
        catch (Exception e)
        {
            return Completion.TrySetException(e);
        }
    }
}
