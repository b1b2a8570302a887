using System.Text.Json;

namespace Tether.Daemon.Keeper;

/// <summary>
/// A <see cref="KeeperMessage"/> as a JSON object: its kind as `type`, its members in camel case, without those that are null. By hand: what a serializer has compiled for
/// these few shapes takes a tenth of a second, on both sides, of the time in which a person waits for the first prompt.
/// </summary>
internal static class KeeperJson
{
    public static byte[] Encode(KeeperMessage message)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("type", NameOf(message));
            WriteMembers(json, message);
            json.WriteEndObject();
        }

        return buffer.ToArray();
    }

    /// <exception cref="JsonException">It is no such message.</exception>
    public static KeeperMessage Decode(ReadOnlyMemory<byte> json)
    {
        using var document = JsonDocument.Parse(json);
        try
        {
            return Read(document.RootElement);
        }
        catch (Exception e) when (e is KeyNotFoundException or InvalidOperationException or FormatException)
        {
            // A member is missing, is of another kind, or is out of range.
            throw new JsonException(e.Message, e);
        }
    }

    private static string NameOf(KeeperMessage message) => message switch
    {
        KeeperMessage.Spawn => "spawn",
        KeeperMessage.Spawned => "spawned",
        KeeperMessage.Refused => "refused",
        KeeperMessage.List => "list",
        KeeperMessage.Held => "held",
        KeeperMessage.Listed => "listed",
        KeeperMessage.Adopt => "adopt",
        KeeperMessage.Exited => "exited",
        KeeperMessage.Release => "release",
        KeeperMessage.Leave => "leave",
        _ => throw new ArgumentException($"{message.GetType().Name} has no name", nameof(message)),
    };

    private static void WriteMembers(Utf8JsonWriter json, KeeperMessage message)
    {
        switch (message)
        {
            case KeeperMessage.Spawn spawn:
                json.WriteString("session", spawn.Session);
                json.WriteString("path", spawn.Path);
                WriteStrings(json, "arguments", spawn.Arguments);
                WriteStrings(json, "environment", spawn.Environment);
                json.WriteString("directory", spawn.Directory);
                json.WriteNumber("columns", spawn.Columns);
                json.WriteNumber("rows", spawn.Rows);
                json.WriteNumber("fileLimit", spawn.FileLimit);
                json.WriteNumber("umask", spawn.Umask);
                break;
            case KeeperMessage.Spawned spawned:
                WriteProcess(json, spawned.Session, spawned.ProcessId, spawned.StartTime);
                break;
            case KeeperMessage.Refused refused:
                json.WriteString("session", refused.Session);
                json.WriteString("reason", refused.Reason);
                json.WriteNumber("errno", refused.Errno);
                break;
            case KeeperMessage.Held held:
                WriteProcess(json, held.Session, held.ProcessId, held.StartTime);
                json.WriteBoolean("hasExited", held.HasExited);
                WriteEnd(json, held.ExitCode, held.Signal);
                break;
            case KeeperMessage.Listed listed:
                json.WriteNumber("keeperProcessId", listed.KeeperProcessId);
                break;
            case KeeperMessage.Adopt adopt:
                WriteProcess(json, adopt.Session, adopt.ProcessId, adopt.StartTime);
                break;
            case KeeperMessage.Exited exited:
                json.WriteString("session", exited.Session);
                WriteEnd(json, exited.ExitCode, exited.Signal);
                break;
            case KeeperMessage.Release release:
                json.WriteString("session", release.Session);
                break;
        }
    }

    private static KeeperMessage Read(JsonElement root) => Text(root, "type") switch
    {
        "spawn" => new KeeperMessage.Spawn
        {
            Session = Text(root, "session"),
            Path = Text(root, "path"),
            Arguments = Strings(root, "arguments"),
            Environment = Strings(root, "environment"),
            Directory = Text(root, "directory"),
            Columns = root.GetProperty("columns").GetInt32(),
            Rows = root.GetProperty("rows").GetInt32(),
            FileLimit = Number(root, "fileLimit") ?? 0,
            Umask = Number(root, "umask") ?? -1,
        },
        "spawned" => new KeeperMessage.Spawned(Text(root, "session"), ProcessId(root), StartTime(root)),
        "refused" => new KeeperMessage.Refused(Text(root, "session"), Text(root, "reason"), root.GetProperty("errno").GetInt32()),
        "list" => new KeeperMessage.List(),
        "held" => new KeeperMessage.Held(
            Text(root, "session"), ProcessId(root), StartTime(root), root.GetProperty("hasExited").GetBoolean(), Number(root, "exitCode"), Number(root, "signal")),
        "listed" => new KeeperMessage.Listed(root.GetProperty("keeperProcessId").GetInt32()),
        "adopt" => new KeeperMessage.Adopt(Text(root, "session"), ProcessId(root), StartTime(root)),
        "exited" => new KeeperMessage.Exited(Text(root, "session"), Number(root, "exitCode"), Number(root, "signal")),
        "release" => new KeeperMessage.Release(Text(root, "session")),
        "leave" => new KeeperMessage.Leave(),
        var other => throw new JsonException($"no message is called {other}"),
    };

    private static void WriteProcess(Utf8JsonWriter json, string session, int processId, long startTime)
    {
        json.WriteString("session", session);
        json.WriteNumber("processId", processId);
        json.WriteNumber("startTime", startTime);
    }

    private static void WriteEnd(Utf8JsonWriter json, int? exitCode, int? signal)
    {
        if (exitCode is { } code)
        {
            json.WriteNumber("exitCode", code);
        }

        if (signal is { } number)
        {
            json.WriteNumber("signal", number);
        }
    }

    private static void WriteStrings(Utf8JsonWriter json, string name, string[] texts)
    {
        json.WriteStartArray(name);
        foreach (var text in texts)
        {
            json.WriteStringValue(text);
        }

        json.WriteEndArray();
    }

    private static string Text(JsonElement root, string name) => Text(root.GetProperty(name));

    private static string Text(JsonElement element) => element.GetString() ?? throw new FormatException("null where a text belongs");

    private static string[] Strings(JsonElement root, string name)
    {
        var array = root.GetProperty(name);
        var texts = new string[array.GetArrayLength()];
        for (var i = 0; i < texts.Length; i++)
        {
            texts[i] = Text(array[i]);
        }

        return texts;
    }

    private static int? Number(JsonElement root, string name) =>
        root.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value.GetInt32() : null;

    private static int ProcessId(JsonElement root) => root.GetProperty("processId").GetInt32();

    private static long StartTime(JsonElement root) => root.GetProperty("startTime").GetInt64();
}
