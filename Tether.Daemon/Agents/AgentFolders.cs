using System.Collections.Concurrent;
using System.Security.Cryptography;

namespace Tether.Daemon.Agents;

/// <summary>Where each session keeps what belongs to its agent, and what the daemon knows of it. May be used from any thread.</summary>
internal sealed class AgentFolders(string journals)
{
    private const string FolderName = "agent";
    private const int SecretLength = 40;

    private readonly ConcurrentDictionary<string, AgentFile?> _files = [];

    public string FolderOf(string session) => Path.Combine(journals, session, FolderName);

    /// <summary>Makes the folder (0700) and the secret of a session that is about to start. <see cref="AgentFile.Save"/> keeps it.</summary>
    public AgentFile Create(string session)
    {
        Directory.CreateDirectory(FolderOf(session), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        var file = new AgentFile { Secret = RandomNumberGenerator.GetHexString(SecretLength, lowercase: true) };
        _files[session] = file;
        return file;
    }

    /// <summary>Null for a session that has none, as those of an older daemon.</summary>
    public AgentFile? Find(string session) => _files.GetOrAdd(session, id => AgentFile.Read(FolderOf(id)));

    public void Forget(string session) => _files.TryRemove(session, out _);
}
