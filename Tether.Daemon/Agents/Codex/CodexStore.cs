using Tether.Daemon.Agents.Stores;
using Tether.Daemon.Native;

namespace Tether.Daemon.Agents.Codex;

/// <summary>
/// Codex's threads: `sessions/YYYY/MM/DD/rollout-TIME-ID.jsonl`; titles from its state database. One that runs holds `thread-writer-locks/ID.lock`
/// with flock(2); the file alone says nothing, it stays behind after a kill.
/// </summary>
internal sealed class CodexStore(StoreHome home) : JsonLinesStore(new CodexRecords())
{
    private const int IdLength = 36;

    private readonly CodexThreads _threads = new(home);

    public override string Agent => "codex";

    protected override IEnumerable<string> Files() => FilesBelow(Path.Combine(home.Codex, "sessions"), "rollout-*.jsonl", depth: 3)
        .Where(path => Path.GetFileNameWithoutExtension(path).Length > IdLength);

    protected override string IdOf(string path) => Path.GetFileNameWithoutExtension(path)[^IdLength..];

    protected override Func<KeptSession, RunningSign?> Running(List<string> problems) => session =>
    {
        var path = Path.Combine(home.Codex, "thread-writer-locks", $"{session.Id}.lock");
        return FileLocks.Holder(path) is { } process ? new RunningSign(process, $"pid {process} (holds {home.Short(path)})") : null;
    };

    protected override IReadOnlyList<KeptSession> Finish(List<KeptSession> sessions, List<string> problems)
    {
        var titles = sessions.Count > 0 ? _threads.Titles(problems) : new Dictionary<string, string>();
        return [.. sessions.Select(session => titles.TryGetValue(session.Id, out var title) ? session with { Title = title } : session)];
    }

    // Sub-agents are threads of their own, which begin after the one that started them.
    protected override IReadOnlyList<TranscriptSource> Sources(KeptSession session) =>
    [
        new TranscriptSource(session.Location, null),
        .. PartsOf(session).Select(part => new TranscriptSource(part.Location, part.FirstPrompt.Length > 0 ? part.FirstPrompt : part.Id)),
    ];
}
