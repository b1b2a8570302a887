using Tether.Protocol.Wire.Hot;

namespace Tether.Daemon.Keeper;

/// <summary>
/// A <see cref="KeeperMessage"/> as a JSON object: its kind as `type`, first; its members in camel case, without those that are null. By hand, as
/// <see cref="HotEncoder"/>: a person waits for these messages, too, before the first prompt.
/// </summary>
internal static class KeeperJson
{
    public static byte[] Encode(KeeperMessage message) => (message switch
    {
        KeeperMessage.Spawn spawn => new JsonText("spawn")
            .Member("session", spawn.Session)
            .Member("path", spawn.Path)
            .Member("arguments", spawn.Arguments)
            .Member("environment", spawn.Environment)
            .Member("directory", spawn.Directory)
            .Member("columns", spawn.Columns)
            .Member("rows", spawn.Rows)
            .Member("fileLimit", spawn.FileLimit)
            .Member("umask", spawn.Umask),
        KeeperMessage.Spawned spawned => Process("spawned", spawned.Session, spawned.ProcessId, spawned.StartTime),
        KeeperMessage.Refused refused => new JsonText("refused").Member("session", refused.Session).Member("reason", refused.Reason).Member("errno", refused.Errno),
        KeeperMessage.List => new JsonText("list"),
        KeeperMessage.Held held => Process("held", held.Session, held.ProcessId, held.StartTime)
            .Member("hasExited", held.HasExited).Member("exitCode", held.ExitCode).Member("signal", held.Signal),
        KeeperMessage.Listed listed => new JsonText("listed").Member("keeperProcessId", listed.KeeperProcessId),
        KeeperMessage.Adopt adopt => Process("adopt", adopt.Session, adopt.ProcessId, adopt.StartTime),
        KeeperMessage.Exited exited => new JsonText("exited").Member("session", exited.Session).Member("exitCode", exited.ExitCode).Member("signal", exited.Signal),
        KeeperMessage.Release release => new JsonText("release").Member("session", release.Session),
        KeeperMessage.Leave => new JsonText("leave"),
        _ => throw new ArgumentException($"{message.GetType().Name} has no name", nameof(message)),
    }).Finish();

    /// <exception cref="FormatException">It is no such message.</exception>
    public static KeeperMessage Decode(ReadOnlySpan<byte> json)
    {
        try
        {
            var cursor = new JsonCursor(json);
            cursor.BeginObject();
            if (!cursor.NextMember(out var first) || first != "type")
            {
                throw new FormatException("a message says first what it is");
            }

            return Message(cursor.Text(), Read(ref cursor));
        }
        catch (Exception e) when (e is OverflowException or ArgumentException)
        {
            throw new FormatException(e.Message, e);
        }
    }

    private static JsonText Process(string type, string session, int processId, long startTime) =>
        new JsonText(type).Member("session", session).Member("processId", processId).Member("startTime", startTime);

    private static Members Read(ref JsonCursor json)
    {
        var members = new Members();
        while (json.NextMember(out var name))
        {
            if (json.TryNull())
            {
                continue;
            }

            switch (name)
            {
                case "session": members.Session = json.Text(); break;
                case "path": members.Path = json.Text(); break;
                case "arguments": members.Arguments = json.Strings(); break;
                case "environment": members.Environment = json.Strings(); break;
                case "directory": members.Directory = json.Text(); break;
                case "reason": members.Reason = json.Text(); break;
                case "columns": members.Columns = json.Number32(); break;
                case "rows": members.Rows = json.Number32(); break;
                case "fileLimit": members.FileLimit = json.Number32(); break;
                case "umask": members.Umask = json.Number32(); break;
                case "processId": members.ProcessId = json.Number32(); break;
                case "startTime": members.StartTime = json.Number64(); break;
                case "errno": members.Errno = json.Number32(); break;
                case "hasExited": members.HasExited = json.Boolean(); break;
                case "exitCode": members.ExitCode = json.Number32(); break;
                case "signal": members.Signal = json.Number32(); break;
                case "keeperProcessId": members.KeeperProcessId = json.Number32(); break;
                default: json.Skip(); break;
            }
        }

        json.End();
        return members;
    }

    private static KeeperMessage Message(string type, Members given) => type switch
    {
        "spawn" => new KeeperMessage.Spawn
        {
            Session = Needed(given.Session),
            Path = Needed(given.Path),
            Arguments = Needed(given.Arguments),
            Environment = Needed(given.Environment),
            Directory = Needed(given.Directory),
            Columns = Needed(given.Columns),
            Rows = Needed(given.Rows),
            FileLimit = given.FileLimit,
            Umask = given.Umask,
        },
        "spawned" => new KeeperMessage.Spawned(Needed(given.Session), Needed(given.ProcessId), Needed(given.StartTime)),
        "refused" => new KeeperMessage.Refused(Needed(given.Session), Needed(given.Reason), Needed(given.Errno)),
        "list" => new KeeperMessage.List(),
        "held" => new KeeperMessage.Held(
            Needed(given.Session), Needed(given.ProcessId), Needed(given.StartTime), given.HasExited ?? throw Missing(), given.ExitCode, given.Signal),
        "listed" => new KeeperMessage.Listed(Needed(given.KeeperProcessId)),
        "adopt" => new KeeperMessage.Adopt(Needed(given.Session), Needed(given.ProcessId), Needed(given.StartTime)),
        "exited" => new KeeperMessage.Exited(Needed(given.Session), given.ExitCode, given.Signal),
        "release" => new KeeperMessage.Release(Needed(given.Session)),
        "leave" => new KeeperMessage.Leave(),
        _ => throw new FormatException($"no message is called {type}"),
    };

    private static string Needed(string? text) => text ?? throw Missing();

    private static string[] Needed(string[]? texts) => texts ?? throw Missing();

    private static int Needed(int? number) => number ?? throw Missing();

    private static long Needed(long? number) => number ?? throw Missing();

    private static FormatException Missing() => new("a member is missing");

    // What all messages together can have.
    private sealed class Members
    {
        public string? Session, Path, Directory, Reason;
        public string[]? Arguments, Environment;
        public int? Columns, Rows, ProcessId, Errno, ExitCode, Signal, KeeperProcessId;
        public long? StartTime;
        public bool? HasExited;
        public int FileLimit, Umask = -1;
    }
}
