namespace Tether.Daemon.Events;

/// <summary>What the log's writer is asked to do, in order.</summary>
internal abstract record EventWork
{
    /// <summary>Somebody waits for it.</summary>
    public virtual bool IsAwaited => true;

    /// <summary>It was not done, and will not be.</summary>
    public virtual void Fail(Exception why)
    {
    }

    /// <param name="Done">Null when nobody waits.</param>
    public sealed record Append(string Session, DateTimeOffset At, string Type, ReadOnlyMemory<byte> Data, TaskCompletionSource<LoggedEvent>? Done) : EventWork
    {
        public override bool IsAwaited => Done is not null;

        public override void Fail(Exception why) => Done?.TrySetException(why);
    }

    public sealed record Forget(string Session, DateTimeOffset At) : EventWork
    {
        public override bool IsAwaited => false;
    }

    /// <summary>Everything before it has been tried.</summary>
    public sealed record Mark(TaskCompletionSource Reached) : EventWork
    {
        public override void Fail(Exception why) => Reached.TrySetResult();
    }
}
