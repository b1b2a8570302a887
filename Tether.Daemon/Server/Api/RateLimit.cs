using System.Collections.Concurrent;

namespace Tether.Daemon.Server.Api;

/// <summary>How many requests each token may make: so many a second, with twice as many at once after a pause, and so many that are not answered yet. Any thread may call.</summary>
/// <param name="perSecond">0: any number.</param>
/// <param name="time">The time.</param>
internal sealed class RateLimit(int perSecond, TimeProvider time)
{
    public const int MostOpen = 1024;

    private const int MostKept = 1024;

    private readonly ConcurrentDictionary<string, Bucket> _buckets = [];

    /// <summary>Of how many something is kept; of those that have done nothing for a while it is not.</summary>
    public int Kept => _buckets.Count;

    /// <summary>Null when the request may go on, and then <see cref="Leave"/> must be called; else how long to wait.</summary>
    public TimeSpan? Enter(string who)
    {
        if (_buckets.Count > MostKept)
        {
            foreach (var (key, idle) in _buckets)
            {
                if (idle.IsIdle(time, perSecond))
                {
                    _buckets.TryRemove(key, out _);
                }
            }
        }

        return _buckets.GetOrAdd(who, static (_, own) => new Bucket(2 * own.PerSecond, own.Now), (PerSecond: perSecond, Now: time.GetTimestamp())).Enter(time, perSecond);
    }

    public void Leave(string who)
    {
        if (_buckets.TryGetValue(who, out var bucket))
        {
            bucket.Leave();
        }
    }

    private sealed class Bucket(double left, long since)
    {
        private readonly Lock _gate = new();

        // ---- under _gate ----
        private double _left = left;
        private long _since = since;
        private int _open;

        public TimeSpan? Enter(TimeProvider time, int perSecond)
        {
            lock (_gate)
            {
                Fill(time, perSecond);
                if (_open >= MostOpen)
                {
                    return TimeSpan.FromSeconds(1);
                }

                if (perSecond > 0 && _left < 1)
                {
                    return TimeSpan.FromSeconds((1 - _left) / perSecond);
                }

                _left -= perSecond > 0 ? 1 : 0;
                _open++;
                return null;
            }
        }

        public void Leave()
        {
            lock (_gate)
            {
                _open--;
            }
        }

        public bool IsIdle(TimeProvider time, int perSecond)
        {
            lock (_gate)
            {
                Fill(time, perSecond);
                return _open == 0 && _left >= 2 * perSecond;
            }
        }

        private void Fill(TimeProvider time, int perSecond)
        {
            var now = time.GetTimestamp();
            _left = Math.Min(2 * perSecond, _left + (time.GetElapsedTime(_since, now).TotalSeconds * perSecond));
            _since = now;
        }
    }
}
