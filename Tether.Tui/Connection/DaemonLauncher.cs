using System.Text;
using Tether.Tui.Native;

namespace Tether.Tui.Connection;

/// <summary>
/// Finds `tetherd` and starts it, detached from this terminal. Of several clients that want to at once, one does and the others wait for it; should two start one
/// all the same, the daemon's own lock decides, and both are told `ready`.
/// </summary>
internal static class DaemonLauncher
{
    private const string FileName = "tetherd";
    private const int StartTimeoutMilliseconds = 15_000;
    private const int RetryMilliseconds = 10;

    // A client that stays attached may start several, one after another.
    private static readonly List<int> Started = [];

    /// <summary>Starts the daemon and waits until it listens; or waits until another client, which is starting one, has, or has failed.</summary>
    /// <param name="settings">Where its `.env` is; null for a daemon that starts by itself, which looks for none.</param>
    /// <param name="meanwhile">What can be done while it starts.</param>
    /// <exception cref="TetherException">It is not installed, or said why it cannot run.</exception>
    public static void Start(string? settings = null, Action? meanwhile = null)
    {
        // There is no file, and no crowd either, before the first daemon has made its folder.
        using var start = LockFile.TryTake(ClientEnvironment.Paths.StartLock, out var isHeld);
        if (isHeld)
        {
            AwaitOther();
            return;
        }

        Launch(settings, meanwhile);
    }

    /// <summary>Ends the daemon if one runs, and starts another before any waiting client does.</summary>
    /// <returns>False when none ran.</returns>
    /// <exception cref="TetherException">As for <see cref="Start"/>.</exception>
    public static bool Restart(string settings)
    {
        using var start = LockFile.TryTake(ClientEnvironment.Paths.StartLock, out _);
        var hasStopped = DaemonControl.Stop(staysDown: false);
        Launch(settings, meanwhile: null);
        return hasStopped;
    }

    private static void Launch(string? settings, Action? meanwhile)
    {
        var path = Find() ?? throw NotInstalled();
        StopMark.Clear();
        var (read, write) = Descriptor.Pipe();
        try
        {
            try
            {
                Started.RemoveAll(Spawner.TryReap);
                Started.Add(Spawner.StartDetached(path, ["--ready-fd", "3", "--settings", settings ?? ""], ClientEnvironment.All(without: ClientEnvironment.SessionVariable), write));
            }
            catch (NativeException e)
            {
                throw new TetherException(ExitCodes.NoDaemon, $"cannot start {e.Message}", e);
            }
            finally
            {
                Descriptor.Close(write);
            }

            meanwhile?.Invoke();
            Await(read);
        }
        finally
        {
            Descriptor.Close(read);
        }
    }

    /// <summary>Beside this program, else on the PATH; null when it is in neither place.</summary>
    public static string? Find()
    {
        var directories = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':', StringSplitOptions.RemoveEmptyEntries);
        return directories.Prepend(AppContext.BaseDirectory).Select(directory => Path.Combine(directory, FileName)).FirstOrDefault(File.Exists);
    }

    public static TetherException NotInstalled() => new(ExitCodes.NoDaemon,
        $"`{FileName}` is neither beside `tether` ({AppContext.BaseDirectory}) nor on the PATH; install both into one folder");

    private static void AwaitOther()
    {
        var started = Environment.TickCount64;
        while (!LockFile.IsFree(ClientEnvironment.Paths.StartLock) && Environment.TickCount64 - started < StartTimeoutMilliseconds)
        {
            Poller.Wait([], RetryMilliseconds);
        }
    }

    // The daemon writes one line: `ready`, or `error` and why.
    private static void Await(int read)
    {
        var line = new List<byte>();
        Span<byte> piece = stackalloc byte[512];
        while (!line.Contains((byte)'\n'))
        {
            if (!Poller.WaitReadable(read, StartTimeoutMilliseconds))
            {
                throw Failed($"it was not ready within {StartTimeoutMilliseconds / 1000} s");
            }

            var count = Descriptor.Read(read, piece);
            if (count <= 0)
            {
                break;
            }

            line.AddRange(piece[..count]);
        }

        var text = Encoding.UTF8.GetString([.. line]).Trim();
        if (text != "ready")
        {
            throw Failed(text.StartsWith("error ", StringComparison.Ordinal) ? text["error ".Length..] : "it ended at once");
        }
    }

    private static TetherException Failed(string why) =>
        new(ExitCodes.NoDaemon, $"the daemon did not start: {why}. Its log is {ClientEnvironment.Paths.LogFile}; `tether debug` checks the environment");
}
