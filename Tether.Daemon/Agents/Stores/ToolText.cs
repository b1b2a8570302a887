using System.Text;
using System.Text.Json;

namespace Tether.Daemon.Agents.Stores;

/// <summary>What a tool was called with, as a person would write it: a command is the command, an edit its lines with - and +, the rest a line for each member.</summary>
internal static class ToolText
{
    private static readonly string[] Commands = ["command", "cmd", "script"];

    private static readonly string[] Files = ["file_path", "filePath", "path", "notebook_path"];

    private static readonly string[] Patches = ["patch", "input", "patchText", "diff"];

    // Said elsewhere, or of no interest to people.
    private static readonly string[] Silent = ["description", "timeout", "yield_time_ms", "max_output_tokens", "login", "tty"];

    public static string Of(JsonElement input)
    {
        if (input.ValueKind != JsonValueKind.Object)
        {
            return Value(input);
        }

        var named = input.EnumerateObject().ToArray();
        if (First(input, Commands) is { } command)
        {
            var others = Lines(named.Where(member => !Commands.Contains(member.Name) && !Silent.Contains(member.Name)));
            return others.Length == 0 ? command : $"{command}\n{others}";
        }

        if (First(input, Files) is { } file)
        {
            return OfFile(file, input, named);
        }

        return named.Length == 1 && Patches.Contains(named[0].Name) ? Value(named[0].Value) : Lines(named);
    }

    /// <summary>The same for an input that came as JSON text; whatever is none is shown as it is.</summary>
    public static string OfJson(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            return Of(document.RootElement);
        }
        catch (JsonException)
        {
            return text;
        }
    }

    private static string OfFile(string file, JsonElement input, JsonProperty[] named)
    {
        var text = new StringBuilder(file);
        foreach (var member in named.Where(member => !Files.Contains(member.Name) && !Silent.Contains(member.Name)))
        {
            switch (member.Name)
            {
                case "old_string" or "oldString" or "oldText": Marked(text, '-', Value(member.Value)); break;
                case "new_string" or "newString" or "newText" or "content": Marked(text, '+', Value(member.Value)); break;
                case "edits":
                    foreach (var edit in member.Value.Items())
                    {
                        Marked(text, '-', edit.Text("old_string") ?? edit.Text("oldText") ?? "");
                        Marked(text, '+', edit.Text("new_string") ?? edit.Text("newText") ?? "");
                    }

                    break;
                default: text.Append('\n').Append(Line(member)); break;
            }
        }

        return text.ToString();
    }

    private static void Marked(StringBuilder text, char mark, string lines)
    {
        foreach (var line in lines.Length == 0 ? [] : lines.TrimEnd('\n').Split('\n'))
        {
            text.Append('\n').Append(mark).Append(' ').Append(line);
        }
    }

    private static string? First(JsonElement input, string[] names) =>
        names.Select(name => input.Of(name)).Where(value => value.ValueKind is JsonValueKind.String or JsonValueKind.Array).Select(Value).FirstOrDefault();

    private static string Lines(IEnumerable<JsonProperty> members) => string.Join('\n', members.Select(Line));

    private static string Line(JsonProperty member) => $"{member.Name}: {Value(member.Value)}";

    private static string Value(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.AsText() ?? "",
        JsonValueKind.Array when value.EnumerateArray().All(item => item.ValueKind == JsonValueKind.String) =>
            string.Join(' ', value.EnumerateArray().Select(item => item.AsText())),
        JsonValueKind.Undefined or JsonValueKind.Null => "",
        _ => value.GetRawText(),
    };
}
