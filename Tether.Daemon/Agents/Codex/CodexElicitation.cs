using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Tether.Daemon.Approvals;
using Tether.Protocol.Model;

namespace Tether.Daemon.Agents.Codex;

/// <summary>`mcpServer/elicitation/request`: an MCP server asks the person to fill a form, or merely to agree.</summary>
internal static class CodexElicitation
{
    private const string Yes = "yes", No = "no";

    /// <summary>A form without fields is an approval, and so is what Codex asks in a server's name before it uses its tools. Null for a form that cannot be shown.</summary>
    public static Ask? Read(JsonElement asked, Ask ask)
    {
        var message = asked.Text("message") ?? "";
        var server = asked.Text("serverName") ?? "mcp";
        ask = ask with { Tool = server, TakesReason = false, Title = $"{server}: {message.Split('\n')[0]}", Detail = message };
        if (asked.Text("mode") == "url")
        {
            // To agree would say that the person has been there.
            return ask with { Way = AnswerWay.Terminal, Detail = $"{message}\n{asked.Text("url")}" };
        }

        var fields = Fields(asked);
        return fields.Length == 0 ? ask : fields.Any(field => Question(field) is null) ? null : ask with
        {
            Kind = QueueKind.Question,
            ToolClass = ToolClass.Question,
            Questions = [.. fields.Select(field => Question(field)!)],
        };
    }

    /// <summary>The form as it was filled; null when an answer does not fit its field.</summary>
    public static JsonObject? Fill(JsonElement asked, string[][] answers)
    {
        var content = new JsonObject();
        var fields = Fields(asked);
        for (var i = 0; i < Math.Min(fields.Length, answers.Length); i++)
        {
            if (Value(fields[i].Value, answers[i]) is not { } value)
            {
                return null;
            }

            content[fields[i].Name] = value;
        }

        return content;
    }

    private static JsonProperty[] Fields(JsonElement asked) =>
        asked.Member("requestedSchema").Member("properties") is { ValueKind: JsonValueKind.Object } properties ? [.. properties.EnumerateObject()] : [];

    private static QueueQuestion? Question(JsonProperty field)
    {
        var schema = field.Value;
        var question = new QueueQuestion { Text = schema.Text("description") ?? schema.Text("title") ?? field.Name, Header = schema.Text("title") ?? field.Name };
        return Choices(schema) is { Length: > 0 } choices
            ? question with { Multiple = schema.Text("type") == "array", Options = [.. choices.Select(choice => new QueueOption { Label = choice.Label })] }
            : schema.Text("type") switch
            {
                "boolean" => question with { Options = [new QueueOption { Label = Yes }, new QueueOption { Label = No }] },
                "string" or "number" or "integer" => question with { FreeText = true },
                _ => null,
            };
    }

    // `enum` with or without `enumNames`, `oneOf` of {const, title}; for several of them the same in `items`, there `anyOf`.
    private static (string Value, string Label)[] Choices(JsonElement schema)
    {
        var choices = schema.Text("type") == "array" ? schema.Member("items") : schema;
        var values = choices.Texts("enum");
        var names = choices.Texts("enumNames");
        return values.Length > 0
            ? [.. values.Select((value, index) => (value, index < names.Length ? names[index] : value))]
            : [.. choices.Items("oneOf").Concat(choices.Items("anyOf")).Select(one => (one.Text("const") ?? "", one.Text("title") ?? one.Text("const") ?? ""))];
    }

    private static JsonNode? Value(JsonElement schema, string[] answer)
    {
        var choices = Choices(schema);
        var values = choices.Length == 0 ? answer : [.. answer.Select(label => choices.FirstOrDefault(choice => choice.Label == label).Value).OfType<string>()];
        return schema.Text("type") switch
        {
            "array" => new JsonArray([.. values.Select(value => (JsonNode)value)]),
            _ when values.Length == 0 => null,
            "boolean" => values[0] == Yes,
            "integer" => long.TryParse(values[0], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole) ? whole : null,
            "number" => double.TryParse(values[0], NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null,
            _ => values[0],
        };
    }
}
