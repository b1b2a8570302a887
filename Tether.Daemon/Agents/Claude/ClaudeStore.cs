using System.Text.Json;
using Tether.Daemon.Agents.Stores;
using Tether.Daemon.Native;

namespace Tether.Daemon.Agents.Claude;

/// <summary>
/// Claude Code's sessions: `projects/FOLDER/ID.jsonl`, sub-agents in `projects/FOLDER/ID/subagents/agent-*.jsonl`; what runs is told by
/// `sessions/PID.json`, of which only those of living processes count.
/// </summary>
internal sealed class ClaudeStore(StoreHome home) : JsonLinesStore(new ClaudeRecords())
{
    public override string Agent => "claude";

    protected override IEnumerable<string> Files() => FilesBelow(Path.Combine(home.Claude, "projects"), "*.jsonl", depth: 1)
        .Where(path => !Path.GetFileName(path).StartsWith("agent-", StringComparison.Ordinal));

    protected override string IdOf(string path) => Path.GetFileNameWithoutExtension(path);

    protected override Func<KeptSession, RunningSign?> Running(List<string> problems)
    {
        var signs = new Dictionary<string, RunningSign>();
        foreach (var path in FilesBelow(Path.Combine(home.Claude, "sessions"), "*.json", depth: 0))
        {
            try
            {
                using var document = RecordJson.Parse(File.ReadAllBytes(path));
                if (document?.RootElement is { } entry && entry.Text("sessionId") is { } id && Alive(entry) is { } process)
                {
                    var status = StoreText.OneLine(entry.Text("status"));
                    signs[id] = new RunningSign(process, $"pid {process} ({home.Short(path)}{(status.Length > 0 ? $": {status}" : "")})");
                }
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                problems.Add($"{path}: {e.Message}");
            }
        }

        return session => signs.GetValueOrDefault(session.Id);
    }

    // procStart is the start time of /proc/PID/stat; without it the number alone would do for any process.
    private static int? Alive(JsonElement entry)
    {
        var process = entry.Of("pid");
        return process.ValueKind == JsonValueKind.Number && process.TryGetInt32(out var id) && long.TryParse(entry.Text("procStart"), out var start)
            && new ProcessIdentity(id, start).IsAlive ? id : null;
    }

    protected override IReadOnlyList<TranscriptSource> Sources(KeptSession session)
    {
        var folder = Path.Combine(Path.GetDirectoryName(session.Location)!, session.Id, "subagents");
        return
        [
            new TranscriptSource(session.Location, null),
            .. FilesBelow(folder, "agent-*.jsonl", depth: 0).Order(StringComparer.Ordinal).Select(path => new TranscriptSource(path, NameOf(path))),
        ];
    }

    private static string NameOf(string path)
    {
        var id = Path.GetFileNameWithoutExtension(path)["agent-".Length..];
        try
        {
            using var about = RecordJson.Parse(File.ReadAllBytes(Path.ChangeExtension(path, ".meta.json")));
            var (kind, task) = (about?.RootElement.Text("agentType"), about?.RootElement.Text("description"));
            return StoreText.OneLine(task is null ? kind ?? id : $"{kind}: {task}");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return id;
        }
    }
}
