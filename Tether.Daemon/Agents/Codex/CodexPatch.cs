using System.Text;
using Tether.Daemon.Agents.Edits;
using Tether.Protocol.Model;

namespace Tether.Daemon.Agents.Codex;

/// <summary>
/// The text of `apply_patch`. It holds parts that begin with `*** Add File: P`, `*** Delete File: P` or `*** Update File: P` (then perhaps
/// `*** Move to: P`), and their lines behind `+`, `-`, a blank or `@@`.
/// </summary>
internal static class CodexPatch
{
    private const string Add = "*** Add File: ", Delete = "*** Delete File: ", Update = "*** Update File: ", Move = "*** Move to: ";

    public static FileEdit[] Read(string patch, string directory)
    {
        var edits = new List<FileEdit>();
        var lines = new StringBuilder();
        FileEdit? edit = null;
        foreach (var line in patch.Split('\n'))
        {
            if (Begin(line) is { } begun)
            {
                End();
                edit = begun;
            }
            else if (line.StartsWith(Move, StringComparison.Ordinal))
            {
                edits.Add(new FileEdit { Path = Path.GetFullPath(line[Move.Length..].Trim(), directory), IsNew = true });
            }
            else if (!line.StartsWith("*** ", StringComparison.Ordinal) && line.Length > 0 && lines.Length + line.Length < UnifiedDiff.MaxLength)
            {
                lines.Append(line).Append('\n');
            }
        }

        End();
        return [.. edits];

        void End()
        {
            if (edit is not null)
            {
                edit.Diff = lines.ToString();
                edits.Add(edit);
            }

            lines.Clear();
        }

        FileEdit? Begin(string line) =>
            PathAfter(Add, line) is { } added ? new FileEdit { Path = added, IsNew = true }
            : PathAfter(Delete, line) is { } deleted ? new FileEdit { Path = deleted, IsDeletion = true }
            : PathAfter(Update, line) is { } updated ? new FileEdit { Path = updated }
            : null;

        string? PathAfter(string mark, string line) => line.StartsWith(mark, StringComparison.Ordinal) ? Path.GetFullPath(line[mark.Length..].Trim(), directory) : null;
    }
}
