using System.Text.Json;
using System.Text.Json.Schema;
using System.Text.Json.Serialization.Metadata;
using Tether.Daemon.Approvals;

namespace Tether.Daemon.Server.Api;

/// <summary>Says in the API's own words why a body is not of the shape that its route takes: the serialiser's words name classes, and what is allowed stands in none of them.</summary>
internal static class BodyShape
{
    // What stands in the place of an element of a list.
    private const string Element = "[";

    private const string NoUnicode = "the body has a text that is no Unicode: half of a surrogate pair";

    /// <summary>A member that is misspelt would be left out in silence: a token would never expire, a rule would fit more than it should.</summary>
    /// <exception cref="ApiError">There is a member that the shape has not.</exception>
    public static void RefuseUnknown(JsonElement body, JsonTypeInfo shape)
    {
        if (body.ValueKind == JsonValueKind.Object && shape.Kind == JsonTypeInfoKind.Object
            && body.EnumerateObject().Select(member => member.Name).FirstOrDefault(name => shape.Properties.All(known => known.Name != name)) is { } unknown)
        {
            throw ApiError.Invalid($"there is no member “{CleanText.Line(unknown, 64)}”; there are {string.Join(", ", shape.Properties.Select(known => known.Name))}");
        }
    }

    /// <summary>Why the serialiser would not read the body.</summary>
    public static ApiError Misshapen(ReadOnlySpan<byte> body, JsonTypeInfo shape, Exception reason)
    {
        try
        {
            var reader = new Utf8JsonReader(body, new JsonReaderOptions { MaxDepth = shape.Options.MaxDepth });
            return Misshapen(JsonElement.ParseValue(ref reader), shape, reason);
        }
        catch (JsonException e)
        {
            return ApiError.Invalid($"the body is no JSON: it cannot be read at line {e.LineNumber + 1}, byte {e.BytePositionInLine + 1}");
        }
    }

    /// <summary>The same of what was read as JSON already.</summary>
    public static ApiError Misshapen(JsonElement body, JsonTypeInfo shape, Exception reason)
    {
        try
        {
            return ApiError.Invalid(reason is JsonException json ? Why(body, shape, json) : NoUnicode);
        }
        catch (InvalidOperationException)
        {
            // A member's name can be no Unicode either.
            return ApiError.Invalid(NoUnicode);
        }
    }

    private static string Why(JsonElement body, JsonTypeInfo shape, JsonException reason)
    {
        var (value, expected, name) = (body, shape, "");
        foreach (var step in (reason.Path ?? "").TrimStart('$').Replace("[", "." + Element, StringComparison.Ordinal).Split('.', StringSplitOptions.RemoveEmptyEntries))
        {
            if (Step(value, expected, step) is not var (inner, type))
            {
                break;
            }

            (value, expected) = (inner, type);
            name += step.StartsWith(Element, StringComparison.Ordinal) || name.Length == 0 ? step : "." + step;
        }

        return Missing(value, expected, name) ?? (Expected(expected) is { } words ? $"{(name.Length > 0 ? name : "the body")}: {words}" : reason.Message.Split(" Path: ")[0]);
    }

    // Where one step of a path leads; null where it leads nowhere.
    private static (JsonElement Value, JsonTypeInfo Expected)? Step(JsonElement value, JsonTypeInfo expected, string step)
    {
        if (step.StartsWith(Element, StringComparison.Ordinal))
        {
            return value.ValueKind == JsonValueKind.Array && expected.ElementType is { } element && int.TryParse(step[1..^1], out var index) && index < value.GetArrayLength()
                ? (value[index], expected.Options.GetTypeInfo(element)) : null;
        }

        return value.ValueKind == JsonValueKind.Object && value.TryGetProperty(step, out var inner) && expected.Properties.FirstOrDefault(member => member.Name == step) is { } member
            ? (inner, expected.Options.GetTypeInfo(member.PropertyType)) : null;
    }

    private static string? Missing(JsonElement value, JsonTypeInfo expected, string name)
    {
        if (value.ValueKind != JsonValueKind.Object || expected.Kind != JsonTypeInfoKind.Object)
        {
            return null;
        }

        var prefix = name.Length > 0 ? name + "." : "";
        var missing = expected.Properties.Where(member => member.IsRequired && !value.TryGetProperty(member.Name, out _)).Select(member => prefix + member.Name).ToArray();
        return missing.Length > 0 ? $"{string.Join(" and ", missing)} {(missing.Length > 1 ? "are" : "is")} missing" : null;
    }

    // Null for what a converter of its own reads, which has words of its own.
    private static string? Expected(JsonTypeInfo shape)
    {
        var type = Nullable.GetUnderlyingType(shape.Type) ?? shape.Type;
        return shape.Kind switch
        {
            JsonTypeInfoKind.Object or JsonTypeInfoKind.Dictionary => "a JSON object",
            JsonTypeInfoKind.Enumerable => $"a list, of which each is {Expected(shape.Options.GetTypeInfo(shape.ElementType!))}",
            _ when type.IsEnum && shape.Options.GetTypeInfo(type).GetJsonSchemaAsNode()["enum"] is { } words => $"one of {string.Join(", ", words.AsArray().Select(word => word?.ToString()))}",
            _ when type == typeof(string) => "a text",
            _ when type == typeof(bool) => "true or false",
            _ when type == typeof(double) => "a number",
            _ when type == typeof(DateTimeOffset) => "a time as 2026-01-31T12:00:00Z",
            _ when type == typeof(int) || type == typeof(long) => "a whole number",
            _ => null,
        };
    }
}
