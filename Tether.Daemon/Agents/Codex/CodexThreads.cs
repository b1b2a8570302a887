using Microsoft.Data.Sqlite;
using Tether.Daemon.Agents.Stores;
using Tether.Daemon.Native;

namespace Tether.Daemon.Agents.Codex;

/// <summary>What people and Codex call its threads, from `state_N.sqlite` of the newest version. Read again when it was written to.</summary>
internal sealed class CodexThreads(StoreHome home)
{
    private const int MostTitles = 5_000;

    private (string Path, FileFacts? File, FileFacts? Log) _version;
    private Dictionary<string, string> _titles = [];
    private string? _problem;

    /// <summary>Titles by thread; of those that have one.</summary>
    public IReadOnlyDictionary<string, string> Titles(List<string> problems)
    {
        if (Newest() is not { } path)
        {
            return _titles = [];
        }

        var version = (path, FileFacts.Of(path), FileFacts.Of(path + "-wal"));
        if (_version != version)
        {
            (_titles, _problem) = Read(path);

            // What is locked now may not be the next time.
            _version = _problem is null ? version : default;
        }

        if (_problem is not null)
        {
            problems.Add(_problem);
        }

        return _titles;
    }

    private static (Dictionary<string, string> Titles, string? Problem) Read(string path)
    {
        var titles = new Dictionary<string, string>();
        try
        {
            using var database = ForeignDatabase.Open(path);
            var columns = database.Columns("threads");
            var name = columns.Contains("name") ? "coalesce(nullif(name, ''), title)" : "title";
            using var rows = database.Query($"SELECT id, {name} FROM threads ORDER BY updated_at DESC LIMIT {MostTitles}");
            while (rows.Read())
            {
                if (!rows.IsDBNull(1) && StoreText.OneLine(rows.GetString(1)) is { Length: > 0 } title)
                {
                    titles[rows.GetString(0)] = title;
                }
            }

            return (titles, null);
        }
        catch (Exception e) when (e is SqliteException or InvalidCastException or IOException)
        {
            return (titles, $"{path}: {e.Message} (titles are the first prompts instead)");
        }
    }

    private string? Newest()
    {
        try
        {
            return Directory.Exists(home.Codex)
                ? Directory.EnumerateFiles(home.Codex, "state_*.sqlite").MaxBy(path => int.TryParse(Path.GetFileNameWithoutExtension(path)["state_".Length..], out var version) ? version : -1)
                : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
