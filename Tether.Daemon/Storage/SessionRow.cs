using Microsoft.Data.Sqlite;
using Tether.Protocol.Model;
using Tether.Protocol.Wire.Hot;

namespace Tether.Daemon.Storage;

/// <summary>A session and its row in the registry.</summary>
internal static class SessionRow
{
    private static readonly string[] Columns =
    [
        "id", "title", "program_title", "provider", "arguments", "directory", "working_directory", "state", "process_id", "process_start", "columns",
        "rows", "created_at", "last_output_at", "ended_at", "exit_code", "signal", "end_reason", "offset", "has_journal_hole", "last_line", "journal",
        "tags", "progress", "bell_at", "agent_session", "approval", "has_draft", "status", "external",
    ];

    public static string Select { get; } = $"SELECT {string.Join(',', Columns)} FROM sessions ORDER BY created_at, id";

    public static string Upsert { get; } =
        $"INSERT INTO sessions ({string.Join(',', Columns)}) VALUES ({string.Join(',', Columns.Select(column => "$" + column))}) "
        + $"ON CONFLICT (id) DO UPDATE SET {string.Join(',', Columns.Skip(1).Select(column => $"{column} = excluded.{column}"))}";

    public static StoredSession Read(SqliteDataReader row) => new(
        new SessionRecord
        {
            Id = row.GetString(0),
            Title = row.GetString(1),
            ProgramTitle = row.GetString(2),
            Provider = row.GetString(3),
            Arguments = ModelJson.ParseStrings(row.GetString(4)),
            Directory = row.GetString(5),
            WorkingDirectory = row.IsDBNull(6) ? null : row.GetString(6),
            State = (SessionState)row.GetInt32(7),
            ProcessId = row.GetInt32(8),
            Columns = row.GetInt32(10),
            Rows = row.GetInt32(11),
            CreatedAt = StoredTime.Read(row.GetInt64(12)),
            LastOutputAt = StoredTime.Read(row.GetInt64(13)),
            EndedAt = row.IsDBNull(14) ? null : StoredTime.Read(row.GetInt64(14)),
            ExitCode = row.IsDBNull(15) ? null : row.GetInt32(15),
            Signal = row.IsDBNull(16) ? null : row.GetInt32(16),
            EndReason = row.IsDBNull(17) ? null : row.GetString(17),
            Offset = row.GetInt64(18),
            HasJournalHole = row.GetBoolean(19),
            LastLine = row.GetString(20),
            Tags = ModelJson.ParseStrings(row.GetString(22)),
            Progress = row.IsDBNull(23) ? null : row.GetString(23),
            BellAt = row.IsDBNull(24) ? null : StoredTime.Read(row.GetInt64(24)),
            AgentSession = row.IsDBNull(25) ? null : row.GetString(25),
            Approval = (ApprovalMode)row.GetInt32(26),
            HasDraft = row.GetBoolean(27),
            Status = row.IsDBNull(28) ? null : ModelJson.ParseStatus(row.GetString(28)),
            External = row.IsDBNull(29) ? null : ModelJson.ParseExternal(row.GetString(29)),
        },
        row.GetInt64(9),
        row.GetString(21));

    /// <summary>Gives <see cref="Upsert"/> its values; the parameters are made at the first use.</summary>
    public static void Bind(SqliteCommand upsert, StoredSession session)
    {
        var record = session.Record;
        object?[] values =
        [
            record.Id, record.Title, record.ProgramTitle, record.Provider, ModelJson.Text(record.Arguments), record.Directory, record.WorkingDirectory,
            (long)record.State, (long)record.ProcessId, session.ProcessStartTime, (long)record.Columns,
            (long)record.Rows, StoredTime.Write(record.CreatedAt), StoredTime.Write(record.LastOutputAt),
            record.EndedAt is { } ended ? StoredTime.Write(ended) : null, (long?)record.ExitCode, (long?)record.Signal, record.EndReason,
            record.Offset, record.HasJournalHole ? 1L : 0L, record.LastLine, session.Journal,
            ModelJson.Text(record.Tags), record.Progress, record.BellAt is { } rang ? StoredTime.Write(rang) : null,
            record.AgentSession, (long)record.Approval, record.HasDraft ? 1L : 0L, KeptStatus(record),
            record.External is { } external ? ModelJson.Text(external) : null,
        ];
        for (var i = 0; i < values.Length; i++)
        {
            var value = values[i] ?? DBNull.Value;
            if (upsert.Parameters.Count <= i)
            {
                upsert.Parameters.Add(new SqliteParameter("$" + Columns[i], value));
            }
            else
            {
                upsert.Parameters[i].Value = value;
            }
        }
    }

    // What cannot be read from the screen again: that nobody has looked yet, how an agent that is gone was left, and all that one without a program has told.
    private static string? KeptStatus(SessionRecord record) =>
        record.Status is { } status && (record.External is not null || status.State is AgentState.Done or AgentState.Failed or AgentState.LimitReached)
            ? ModelJson.Text(status)
            : null;
}
