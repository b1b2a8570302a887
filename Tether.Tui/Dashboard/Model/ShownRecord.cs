using Tether.Protocol.Model;

namespace Tether.Tui.Dashboard.Model;

/// <summary>Which parts of a record are shown: a session that prints changes its offset all the time, and nothing of that is to be drawn.</summary>
internal static class ShownRecord
{
    /// <summary>True if two records of one session look the same.</summary>
    public static bool IsSame(SessionRecord one, SessionRecord other) =>
        ReferenceEquals(one, other) || (Names(one) == Names(other) && State(one) == State(other) && Viewers(one) == Viewers(other));

    private static (string, string, string, string?, string) Names(SessionRecord record) =>
        (record.Title, record.ProgramTitle, record.Directory, record.WorkingDirectory, record.LastLine);

    private static (SessionState, DateTimeOffset?, int?, int?, string?, bool, AgentStatus?) State(SessionRecord record) =>
        (record.State, record.EndedAt, record.ExitCode, record.Signal, record.EndReason, record.HasJournalHole, record.Status);

    private static (string?, int, int, int) Viewers(SessionRecord record) => (record.Controller, record.Viewers, record.Columns, record.Rows);
}
