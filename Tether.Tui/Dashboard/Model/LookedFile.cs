using System.Text.Json;
using Tether.Protocol.Model;
using Tether.Protocol.Wire.Hot;

namespace Tether.Tui.Dashboard.Model;

/// <summary>Where a <see cref="LookedBook"/> outlives the dashboard: `{"left":time,"looks":[{"session":id,"at":time,"offset":n,"row":n}]}`.</summary>
internal sealed class LookedFile(string path)
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    public static LookedFile In(TetherPaths paths) => new(Path.Combine(paths.DataDirectory, "dashboard", "looked.json"));

    /// <summary>The book; an empty one and a warning when the file cannot be used. A file that does not exist yet is no reason to warn.</summary>
    public (LookedBook Book, string? Warning) Read()
    {
        const string Consequence = "what happened since you last looked is not known";
        try
        {
            return (File.Exists(path) ? Parse(File.ReadAllBytes(path)) : new LookedBook(), null);
        }
        catch (Exception e) when (e is FormatException or OverflowException or ArgumentException)
        {
            return (new LookedBook(), $"{path} is damaged ({e.Message}); {Consequence}");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return (new LookedBook(), $"{path} cannot be read ({e.Message}); {Consequence}");
        }
    }

    /// <summary>
    /// Writes the book down if it changed, together with what another dashboard has written since. Nobody ever reads half of it, and nobody
    /// else reads it at all.
    /// </summary>
    /// <returns>A warning, when it cannot be written.</returns>
    public string? Write(LookedBook book)
    {
        if (!book.IsChanged)
        {
            return null;
        }

        book.Merge(Read().Book);
        var aside = $"{path}.{Environment.ProcessId}";
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!, OwnerOnly | UnixFileMode.UserExecute);
            File.Delete(aside);
            using (var file = new FileStream(aside, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = OwnerOnly }))
            {
                file.Write(Print(book));
            }

            File.Move(aside, path, overwrite: true);
            book.Written();
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return $"{path} cannot be written: {e.Message}";
        }
    }

    private static byte[] Print(LookedBook book)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes))
        {
            json.WriteStartObject();
            if (book.LeftAt is { } left)
            {
                json.WriteString("left", left.ToUniversalTime());
            }

            json.WriteStartArray("looks");
            foreach (var (session, look) in book.Looks)
            {
                json.WriteStartObject();
                json.WriteString("session", session);
                json.WriteString("at", look.At.ToUniversalTime());
                json.WriteNumber("offset", look.Offset);
                if (look.Row is { } row)
                {
                    json.WriteNumber("row", row);
                }

                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return bytes.ToArray();
    }

    private static LookedBook Parse(ReadOnlySpan<byte> utf8)
    {
        var book = new LookedBook();
        var json = new JsonCursor(utf8);
        json.BeginObject();
        while (json.NextMember(out var name))
        {
            switch (name)
            {
                case "left":
                    book.Left(Time(ref json));
                    break;
                case "looks":
                    ParseLooks(ref json, book);
                    break;
                default:
                    json.Skip();
                    break;
            }
        }

        book.Written();
        return book;
    }

    private static void ParseLooks(ref JsonCursor json, LookedBook book)
    {
        json.BeginArray();
        while (json.NextElement())
        {
            var (session, look) = ("", new Look(default, 0));
            json.BeginObject();
            while (json.NextMember(out var name))
            {
                switch (name)
                {
                    case "session": session = json.TextOrNull() ?? ""; break;
                    case "at": look = look with { At = Time(ref json) }; break;
                    case "offset": look = look with { Offset = json.Number64() }; break;
                    case "row": look = look with { Row = json.Number64() }; break;
                    default: json.Skip(); break;
                }
            }

            book.Looked(session.Length > 0 ? session : throw new FormatException("a look without a session"), look);
        }
    }

    private static DateTimeOffset Time(ref JsonCursor json) => JsonTime.Parse(json.TextOrNull() ?? throw new FormatException("null where a time must be"));
}
