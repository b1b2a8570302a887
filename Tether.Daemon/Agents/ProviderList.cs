namespace Tether.Daemon.Agents;

/// <summary>
/// The white-list of what sessions can be started with: the built-in providers and those of providers.json, which is read again when
/// it has changed. An entry of the file replaces a built-in agent of its name. May be used from any thread.
/// </summary>
internal sealed class ProviderList(string providersFile)
{
    // More is no list that a person wrote.
    private const int MaxFileBytes = 1 << 20;

    private static readonly Provider[] BuiltIn = [.. AgentKinds.All.Select(kind => kind.Provider)];

    private volatile Snapshot? _snapshot;

    /// <summary>All of them, the built-in ones first.</summary>
    public IReadOnlyList<Provider> All => Current().Providers;

    /// <summary>What was not understood in the file, as `file:line: what, what is allowed`.</summary>
    public IReadOnlyList<string> Warnings => Current().Warnings;

    public Provider? Find(string name) => All.FirstOrDefault(provider => provider.Name == name);

    private Snapshot Current()
    {
        var file = new FileInfo(providersFile);
        var version = file.Exists ? (file.LastWriteTimeUtc, file.Length) : default;
        if (_snapshot is not { } snapshot || snapshot.Version != version)
        {
            _snapshot = snapshot = Load(file, version);
        }

        return snapshot;
    }

    private static Snapshot Load(FileInfo file, (DateTime, long) version)
    {
        if (!file.Exists)
        {
            return new Snapshot(version, BuiltIn, []);
        }

        if (file.Length > MaxFileBytes)
        {
            return new Snapshot(version, BuiltIn, [$"{file.FullName}:1: {file.Length} bytes; at most {MaxFileBytes} are read"]);
        }

        try
        {
            var (providers, warnings) = ProvidersFile.Read(file.FullName, File.ReadAllBytes(file.FullName));
            var untouched = BuiltIn.Where(builtIn => !providers.Any(provider => provider.Name == builtIn.Name));
            return new Snapshot(version, [.. untouched, .. providers], warnings);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new Snapshot(version, BuiltIn, [$"{file.FullName}:1: cannot be read: {e.Message}"]);
        }
    }

    private sealed record Snapshot((DateTime WrittenAt, long Length) Version, IReadOnlyList<Provider> Providers, IReadOnlyList<string> Warnings);
}
