using Tether.Protocol.Model;

namespace Tether.Daemon.Sessions;

/// <summary>Forgets sessions that ended long ago. Looks when the daemon starts and whenever a session ends, so it needs no timer.</summary>
internal sealed class Retention(SessionTable table, int days, Action<string> forget, TimeProvider clock)
{
    private void Forget(string session)
    {
        try
        {
            forget(session);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Somebody else is at it, or may; the next sweep sees.
        }
    }

    public void Sweep()
    {
        if (days == 0)
        {
            return;
        }

        var oldest = clock.GetUtcNow() - TimeSpan.FromDays(days);
        foreach (var record in table.Records)
        {
            if (record.State != SessionState.Running && record.EndedAt < oldest)
            {
                Forget(record.Id);
            }
        }
    }
}
