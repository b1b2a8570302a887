using System.Diagnostics;
using Tether.Protocol.Wire;
using Tether.Tui.Native;

namespace Tether.Tui.Connection;

/// <summary>Stops the daemon and waits until it is really gone.</summary>
internal static class DaemonControl
{
    private const int TimeoutMilliseconds = 20_000;
    private const int RetryMilliseconds = 20;

    /// <summary>False when none ran.</summary>
    /// <param name="staysDown">Attached clients are not to start it again.</param>
    public static bool Stop(bool staysDown)
    {
        if (Connector.TryOpen() is not { } connection)
        {
            return false;
        }

        if (staysDown)
        {
            StopMark.Set();
        }

        using var daemon = new DaemonClient(connection);
        daemon.Ask<OkReply>(new ShutdownRequest());

        // The connection ends with the daemon, its lock a moment later.
        while (Poller.WaitReadable(connection.WaitDescriptor, TimeoutMilliseconds) && connection.Fill())
        {
            while (connection.TryRead(out _))
            {
                // Farewells.
            }
        }

        AwaitFreeLock();
        return true;
    }

    private static void AwaitFreeLock()
    {
        var started = Stopwatch.GetTimestamp();
        while (!LockFile.IsFree(ClientEnvironment.Paths.DaemonLock))
        {
            if (Stopwatch.GetElapsedTime(started).TotalMilliseconds > TimeoutMilliseconds)
            {
                throw new TetherException(
                    ExitCodes.NoDaemon, $"the daemon has not ended within {TimeoutMilliseconds / 1000} s; see {ClientEnvironment.Paths.LogFile}");
            }

            Poller.Wait([], RetryMilliseconds);
        }
    }
}
