using Tether.Daemon.Native;
using Tether.Protocol.Model;

namespace Tether.Daemon.Agents.Stores;

/// <summary>A store with one file of JSON lines for each session. Owned by one thread at a time.</summary>
internal abstract class JsonLinesStore(IRecordFormat format) : IAgentStore
{
    private const int MostProblems = 20;

    private readonly SummaryCache _summaries = new(format);
    private readonly UsageCounts _usage = new(format);

    public abstract string Agent { get; }

    /// <summary>Bytes read for lists since the beginning.</summary>
    internal long BytesRead => _summaries.BytesRead;

    protected IRecordFormat Format => format;

    public StoreListing List(StoreQuery query)
    {
        var problems = new List<string>();
        var (files, running) = (NewestFirst(problems), Running(problems));
        _summaries.Prune(files.Select(file => file.Path).ToHashSet());
        var sessions = new List<KeptSession>();
        foreach (var (path, facts) in files)
        {
            if (sessions.Count == query.Limit)
            {
                break;
            }

            if (Read(path, facts, running, problems) is { Parent: null } session && query.Takes(session.Directory))
            {
                sessions.Add(session);
            }
        }

        return new StoreListing(Finish(sessions, problems), problems);
    }

    public StoreListing Find(string idOrBeginning)
    {
        var problems = new List<string>();
        var files = NewestFirst(problems).Where(file => IdOf(file.Path).StartsWith(idOrBeginning, StringComparison.Ordinal)).ToArray();
        if (Array.FindAll(files, file => IdOf(file.Path) == idOrBeginning) is { Length: > 0 } exact)
        {
            // A copy elsewhere is older.
            files = exact[..1];
        }

        var running = files.Length > 0 ? Running(problems) : null!;
        return new StoreListing(Finish([.. files.Select(file => Read(file.Path, file.Facts, running, problems)).OfType<KeptSession>()], problems), problems);
    }

    /// <summary>The sessions of its own sub-agents, oldest first.</summary>
    protected IReadOnlyList<KeptSession> PartsOf(KeptSession session)
    {
        var files = NewestFirst([]).Where(file => session.CreatedAt is null || file.Facts.WrittenAt >= session.CreatedAt);
        return [.. files.Select(file => Read(file.Path, file.Facts, _ => null, [])).OfType<KeptSession>().Where(part => part.Parent == session.Id).OrderBy(part => part.CreatedAt)];
    }

    public virtual IReadOnlyList<RunningSign> Suspects(KeptSession session) => [];

    public virtual Transcript OpenTranscript(KeptSession session) => new JsonLinesTranscript(format, () => Sources(session));

    public SessionUsage? Usage(KeptSession session) => Sources(session).Select(source => _usage.Of(source.Path)).Aggregate((a, b) => a is null ? b : b is null ? a : a + b);

    /// <summary>The files that a session is in, its own first.</summary>
    protected virtual IReadOnlyList<TranscriptSource> Sources(KeptSession session) => [new TranscriptSource(session.Location, null)];

    /// <summary>Every file that may be a session.</summary>
    protected abstract IEnumerable<string> Files();

    /// <summary>The agent's id of the session in a file, from its name.</summary>
    protected abstract string IdOf(string path);

    /// <summary>Tells of a session whether it runs, as things are now.</summary>
    protected abstract Func<KeptSession, RunningSign?> Running(List<string> problems);

    /// <summary>Adds what is kept elsewhere than in the files.</summary>
    protected virtual IReadOnlyList<KeptSession> Finish(List<KeptSession> sessions, List<string> problems) => sessions;

    /// <summary>Files below a folder; none when there is no such folder. Links to folders are not followed.</summary>
    protected static IEnumerable<string> FilesBelow(string folder, string pattern, int depth) => Directory.Exists(folder)
        ? Directory.EnumerateFiles(folder, pattern, new EnumerationOptions
        {
            RecurseSubdirectories = depth > 0,
            MaxRecursionDepth = depth,
            IgnoreInaccessible = true,
            AttributesToSkip = FileAttributes.None,
        })
        : [];

    private List<(string Path, FileFacts Facts)> NewestFirst(List<string> problems)
    {
        var files = new List<(string Path, FileFacts Facts)>();
        try
        {
            foreach (var path in Files())
            {
                if (FileFacts.Of(path) is { } facts)
                {
                    files.Add((path, facts));
                }
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            problems.Add(e.Message);
        }

        files.Sort((a, b) => b.Facts.WrittenAt.CompareTo(a.Facts.WrittenAt));
        return files;
    }

    private KeptSession? Read(string path, FileFacts facts, Func<KeptSession, RunningSign?> running, List<string> problems)
    {
        try
        {
            if (_summaries.Of(path, facts) is not var (summary, isCounted))
            {
                return null;
            }

            if (summary.BadLines > 0 && problems.Count < MostProblems)
            {
                problems.Add($"{path}: {(summary.BadLines == 1 ? "a line is no record" : $"{summary.BadLines} lines are no records")} and was left out");
            }

            if (summary.Directory.Length == 0)
            {
                // Nothing but a title, or nothing that was understood: there is nothing to resume.
                return null;
            }

            var session = new KeptSession
            {
                Id = IdOf(path),
                Directory = summary.Directory,
                Title = summary.Title,
                FirstPrompt = summary.FirstPrompt,
                LastPrompt = summary.LastPrompt,
                CreatedAt = summary.CreatedAt,
                LastActivity = facts.WrittenAt,
                Messages = isCounted ? summary.Messages : null,
                Version = summary.Version,
                Location = path,
                Parent = summary.Parent,
            };
            return session with { Running = running(session) };
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            if (problems.Count < MostProblems)
            {
                problems.Add($"{path}: {e.Message}");
            }

            return null;
        }
    }
}
