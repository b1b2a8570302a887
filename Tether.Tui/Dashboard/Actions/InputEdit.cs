using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Unicode;
using Tether.Protocol.Model;
using Tether.Tui.Views.Dashboard.Cards;

namespace Tether.Tui.Dashboard.Actions;

/// <summary>
/// The input of a tool as a person changes it: the shell command alone where it is one member of it and shows all that is in it, else the whole as JSON.
/// </summary>
internal sealed class InputEdit
{
    private const string CommandMember = "command";

    private static readonly JsonWriterOptions Readable = new() { Indented = true, Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) };

    private readonly JsonObject? _whole;

    private InputEdit(string text, JsonObject? whole) => (Text, _whole) = (text, whole);

    /// <summary>What is to be changed.</summary>
    public string Text { get; }

    public bool IsCommand => _whole is not null;

    /// <summary>Null when the item's input is no JSON, so that nothing can be changed here.</summary>
    public static InputEdit? Of(QueueItem item)
    {
        if (item.Input is not { } input || Parse(input) is not { } node)
        {
            return null;
        }

        return node is JsonObject whole && whole[CommandMember] is JsonValue value && value.TryGetValue(out string? command) && command == item.Command && IsPlain(command)
            ? new InputEdit(command, whole)
            : new InputEdit(Write(node), null);
    }

    /// <summary>The input with the changed text in it, as JSON; null when the text is none.</summary>
    public string? With(string text)
    {
        if (_whole is null)
        {
            return Parse(text)?.ToJsonString();
        }

        var changed = (JsonObject)_whole.DeepClone();
        changed[CommandMember] = JsonValue.Create(text);
        return changed.ToJsonString();
    }

    private static JsonNode? Parse(string json)
    {
        try
        {
            return JsonNode.Parse(json);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string Write(JsonNode node)
    {
        using var bytes = new MemoryStream();
        using (var writer = new Utf8JsonWriter(bytes, Readable))
        {
            node.WriteTo(writer);
        }

        return Escaped(Encoding.UTF8.GetString(bytes.ToArray()));
    }

    // In a text area nothing may hide: what is not seen there is told by JSON's escapes. It can only stand in strings.
    private static string Escaped(string json)
    {
        var (shown, previous) = (new StringBuilder(json.Length), 0);
        Span<char> units = stackalloc char[2];
        foreach (var rune in json.EnumerateRunes())
        {
            var count = rune.EncodeToUtf16(units);
            if (rune.Value == '\n' || VisibleText.IsSeen(rune, previous))
            {
                shown.Append(units[..count]);
            }
            else
            {
                foreach (var unit in units[..count])
                {
                    shown.Append(CultureInfo.InvariantCulture, $"\\u{(int)unit:x4}");
                }
            }

            previous = rune.Value;
        }

        return shown.ToString();
    }

    private static bool IsPlain(string text) => text.Split('\n').All(line => !line.EndsWith('\r') && VisibleText.Line(line) == line);
}
