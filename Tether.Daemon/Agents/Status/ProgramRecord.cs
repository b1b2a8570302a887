using System.Text;
using Tether.Protocol.Model;

namespace Tether.Daemon.Agents.Status;

/// <summary>
/// One record of OSC 7501 (program status, revision 0.3): `key=value` joined by `:`, with `state=idle|working|blocked|done|error|clear`, `app`,
/// `kind=permission|question|auth`, `id` (a path with `/`), `msg` (base64 of UTF-8) and `progress` (0–100). Untrusted.
/// </summary>
internal sealed record ProgramRecord(string State, string App, string Kind, string Id, string Message, int? Progress)
{
    private const int MostBytes = 4096;
    private const int MostMessage = 300;

    /// <summary>Null when it is no record: too long, without a state, or with one that is not known.</summary>
    public static ProgramRecord? Parse(string text)
    {
        if (text.Length > MostBytes)
        {
            return null;
        }

        string state = "", app = "", kind = "", id = "", message = "";
        int? progress = null;
        foreach (var range in text.AsSpan().Split(':'))
        {
            var field = text.AsSpan(range).Trim();
            var equals = field.IndexOf('=');
            if (equals <= 0)
            {
                continue;
            }

            var value = field[(equals + 1)..];
            switch (field[..equals])
            {
                case "state": state = value.ToString(); break;
                case "app": app = Clean(value.ToString()); break;
                case "kind": kind = value.ToString(); break;
                case "id": id = Clean(value.ToString()); break;
                case "msg": message = Decode(value); break;
                case "progress" when int.TryParse(value, out var percent) && percent is >= 0 and <= 100: progress = percent; break;
                default: break;
            }
        }

        return state is "idle" or "working" or "blocked" or "done" or "error" or "clear" ? new ProgramRecord(state, app, kind, id, message, progress) : null;
    }

    /// <summary>What it says of the agent.</summary>
    public AgentState AgentState => State switch
    {
        "idle" => AgentState.Waiting,
        "working" => AgentState.Working,
        "blocked" => Kind switch
        {
            "permission" => AgentState.NeedsApproval,
            "auth" => AgentState.LoginNeeded,
            _ => AgentState.NeedsAnswer,
        },
        "done" => AgentState.Done,
        "error" => AgentState.Failed,
        _ => AgentState.Unknown,
    };

    private static string Decode(ReadOnlySpan<char> base64)
    {
        var bytes = new byte[MostBytes];
        return Convert.TryFromBase64Chars(base64, bytes, out var count) ? Clean(Encoding.UTF8.GetString(bytes, 0, count)) : "";
    }

    private static string Clean(string text)
    {
        var line = new string([.. text.Select(c => char.IsControl(c) ? ' ' : c)]).Trim();
        return line.Length <= MostMessage ? line : line[..MostMessage];
    }
}
