using System.Collections.Concurrent;
using System.Security.Cryptography;

namespace Tether.Daemon.Agents;

/// <summary>
/// Where each session keeps what belongs to its agent, and what the daemon knows of it while it runs: nothing of it stays here after <see cref="Forget"/>.
/// May be used from any thread.
/// </summary>
internal sealed class AgentFolders(string journals)
{
    private const string FolderName = "agent";
    private const int SecretLength = 40;

    // A program may run its first hook before its session is known here.
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(2);

    private readonly ConcurrentDictionary<string, AgentFile?> _files = [];
    private readonly ConcurrentDictionary<string, TaskCompletionSource> _starting = [];

    public string FolderOf(string session) => Path.Combine(journals, session, FolderName);

    /// <summary>Makes the folder (0700) and the secret of a session that is about to start. <see cref="AgentFile.Save"/> keeps it.</summary>
    public AgentFile Create(string session)
    {
        _starting[session] = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Directory.CreateDirectory(FolderOf(session), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        var file = new AgentFile { Secret = RandomNumberGenerator.GetHexString(SecretLength, lowercase: true) };
        _files[session] = file;
        return file;
    }

    /// <summary>A session is known to everybody now: one whose folder was made, or one that an earlier daemon started.</summary>
    public void Started(string session)
    {
        _files.GetOrAdd(session, id => AgentFile.Read(FolderOf(id)));
        StopWaiting(session);
    }

    /// <summary>Waits while a session is being started; not at all for one that is not.</summary>
    public void AwaitStart(string session)
    {
        if (_starting.TryGetValue(session, out var starting))
        {
            starting.Task.Wait(StartLimit);
        }
    }

    /// <summary>The sessions that are being started now, each until it is known to everybody or has come to nothing.</summary>
    public Task[] Starting => [.. _starting.Values.Select(starting => starting.Task)];

    /// <summary>Null for a session that has none, as those of an older daemon.</summary>
    public AgentFile? Find(string session) => _files.TryGetValue(session, out var file) ? file : AgentFile.Read(FolderOf(session));

    /// <summary>A session is over, or was never started.</summary>
    public void Forget(string session)
    {
        _files.TryRemove(session, out _);
        StopWaiting(session);
    }

    private void StopWaiting(string session)
    {
        if (_starting.TryRemove(session, out var starting))
        {
            starting.SetResult();
        }
    }
}
