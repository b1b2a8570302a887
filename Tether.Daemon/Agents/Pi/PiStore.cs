using Tether.Daemon.Agents.Stores;
using Tether.Daemon.Native;

namespace Tether.Daemon.Agents.Pi;

/// <summary>
/// pi's sessions: `sessions/FOLDER/TIME_ID.jsonl`. pi tells nobody that it runs and keeps no file open: a session counts as running when a pi works in
/// its directory and the session was written to since that pi began.
/// </summary>
internal sealed class PiStore(StoreHome home) : JsonLinesStore(new PiRecords())
{
    public override string Agent => "pi";

    public override IReadOnlyList<RunningSign> Suspects(KeptSession session) => new DirectoryProcesses("pi").In(session.Directory);

    public override Transcript OpenTranscript(KeptSession session) => new PiTranscript(session);

    protected override IEnumerable<string> Files() => FilesBelow(Path.Combine(home.Pi, "sessions"), "*.jsonl", depth: 1);

    protected override string IdOf(string path)
    {
        var name = Path.GetFileNameWithoutExtension(path);
        return name[(name.IndexOf('_', StringComparison.Ordinal) + 1)..];
    }

    protected override Func<KeptSession, RunningSign?> Running(List<string> problems) => new DirectoryProcesses("pi").Claim;
}
