using System.Buffers;
using System.Buffers.Text;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Tether.Protocol.Wire.Hot;

namespace Tether.Daemon.Events;

/// <summary>Events and their data as JSON in UTF-8, always on one line: a line of a stream can hold each.</summary>
internal static class EventJson
{
    private const string Time = "yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'";

    // What readers of JSON usually take, less what stands around the data of an event.
    private const int Deepest = 32;

    // As `\u0041`.
    private const int Escape = 6;

    // What is written here never becomes part of a page of HTML.
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static byte[] Write(LoggedEvent happened) => Write(json =>
    {
        json.WriteNumber("id", happened.Id);
        json.WriteString("session_id", happened.Session);
        json.WriteString("ts", TimeText(happened.At));
        json.WriteNumber("seq", happened.Seq);
        json.WriteString("type", happened.Type);
        json.WritePropertyName("data");
        json.WriteRawValue(happened.Data.Span, skipInputValidation: true);
    });

    /// <summary>One object.</summary>
    public static byte[] Write(Action<Utf8JsonWriter> members)
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        using (var json = new Utf8JsonWriter(buffer, Options))
        {
            json.WriteStartObject();
            members(json);
            json.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>`{"text"}`.</summary>
    public static byte[] Text(string text) => new JsonText().Member("text", text).Finish();

    /// <summary>Whether something is nested so deep that readers of events could fail at it.</summary>
    public static bool IsTooDeep(JsonElement element) => IsDeeper(element, Deepest);

    /// <summary>The `text` member; empty when there is none.</summary>
    public static string TextOf(ReadOnlyMemory<byte> data)
    {
        using var document = JsonDocument.Parse(data);
        return document.RootElement.TryGetProperty("text", out var text) && text.ValueKind == JsonValueKind.String ? text.GetString()! : "";
    }

    public static string TimeText(DateTimeOffset time) => time.UtcDateTime.ToString(Time, CultureInfo.InvariantCulture);

    /// <summary>
    /// The same JSON on one line, and with every text readable: in JSON a line ends only between tokens, and an escaped half of a surrogate pair, which no text can hold,
    /// becomes U+FFFD.
    /// </summary>
    public static ReadOnlyMemory<byte> Clean(ReadOnlyMemory<byte> data)
    {
        if (!NeedsCleaning(data.Span))
        {
            return data;
        }

        var clean = data.ToArray();
        for (var i = 0; i < clean.Length; i++)
        {
            if (clean[i] is (byte)'\r' or (byte)'\n')
            {
                clean[i] = (byte)' ';
            }
            else if (clean[i] == '\\')
            {
                i += SkipEscape(clean.AsSpan(i)) - 1;
            }
        }

        return clean;
    }

    // By hand: the vector code of a search would be compiled for a session's first event.
    private static bool NeedsCleaning(ReadOnlySpan<byte> data)
    {
        for (var i = 0; i < data.Length; i++)
        {
            if (data[i] is (byte)'\r' or (byte)'\n' || (data[i] == '\\' && i + 1 < data.Length && data[i + 1] == 'u'))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsDeeper(JsonElement element, int levels) => element.ValueKind switch
    {
        JsonValueKind.Object => levels == 0 || element.EnumerateObject().Any(member => IsDeeper(member.Value, levels - 1)),
        JsonValueKind.Array => levels == 0 || element.EnumerateArray().Any(one => IsDeeper(one, levels - 1)),
        _ => false,
    };

    // The length of the escape that begins here, or of two that are one character together.
    private static int SkipEscape(Span<byte> text)
    {
        if (UnitOf(text) is not { } unit)
        {
            return 2;
        }

        if (char.IsHighSurrogate(unit) && UnitOf(text[Escape..]) is { } low && char.IsLowSurrogate(low))
        {
            return 2 * Escape;
        }

        if (char.IsSurrogate(unit))
        {
            "\\ufffd"u8.CopyTo(text);
        }

        return Escape;
    }

    private static char? UnitOf(ReadOnlySpan<byte> text) =>
        text.Length >= Escape && text.StartsWith("\\u"u8) && Utf8Parser.TryParse(text[2..Escape], out ushort unit, out var length, 'x') && length == 4 ? (char)unit : null;
}
