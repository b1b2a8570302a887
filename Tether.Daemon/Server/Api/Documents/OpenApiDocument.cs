using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using System.Text.Json.Serialization.Metadata;

namespace Tether.Daemon.Server.Api.Documents;

/// <summary>Describes routes as OpenAPI 3.1 does.</summary>
internal static class OpenApiDocument
{
    private static readonly JsonSchemaExporterOptions Exported = new() { TreatNullObliviousAsNonNullable = true };

    private static readonly int[] UsualRefusals = [401, 403, 404, 413, 422, 429];

    public static JsonObject Of(IEnumerable<ApiRoute> routes, string version)
    {
        var (paths, schemas) = (new JsonObject(), new JsonObject { ["Error"] = Error() });
        foreach (var route in routes)
        {
            if (paths[route.Path] is not JsonObject path)
            {
                paths[route.Path] = path = [];
            }

            path[route.Method.ToLowerInvariant()] = Operation(route, schemas);
        }

        return new JsonObject
        {
            ["openapi"] = "3.1.0",
            ["info"] = new JsonObject { ["title"] = "Tether", ["version"] = version },
            ["security"] = new JsonArray(new JsonObject { ["token"] = new JsonArray() }),
            ["paths"] = paths,
            ["components"] = new JsonObject
            {
                ["securitySchemes"] = new JsonObject { ["token"] = new JsonObject { ["type"] = "http", ["scheme"] = "bearer" } },
                ["schemas"] = schemas,
            },
        };
    }

    /// <summary>The statuses that a route may answer with besides its own.</summary>
    public static IEnumerable<int> RefusalsOf(ApiRoute route) => route.Scope == ApiScope.None ? route.Refusals : UsualRefusals.Concat(route.Refusals).Distinct().Order();

    /// <summary>The name of a shape; of an array the name of its elements' with `[]`.</summary>
    public static string NameOf(JsonTypeInfo shape) => shape.Kind == JsonTypeInfoKind.Enumerable && shape.ElementType is { } element ? element.Name + "[]" : shape.Type.Name;

    private static JsonObject Operation(ApiRoute route, JsonObject schemas)
    {
        var parameters = new JsonArray();
        foreach (var name in ApiRouter.NamesOf(route.Path))
        {
            parameters.Add((JsonNode)new JsonObject { ["name"] = name, ["in"] = "path", ["required"] = true, ["schema"] = new JsonObject { ["type"] = "string" } });
        }

        foreach (var parameter in route.Query)
        {
            parameters.Add((JsonNode)new JsonObject { ["name"] = parameter.Name, ["in"] = "query", ["description"] = parameter.Text, ["schema"] = new JsonObject { ["type"] = parameter.Type } });
        }

        var success = new JsonObject { ["description"] = "Done." };
        if (route.Reply is not null || route.Content != ApiRoute.Json)
        {
            success["content"] = new JsonObject { [route.Content] = route.Reply is null ? new JsonObject() : new JsonObject { ["schema"] = Reference(route.Reply, schemas) } };
        }

        var responses = new JsonObject { [Text(route.Status)] = success };
        foreach (var status in RefusalsOf(route))
        {
            responses[Text(status)] = new JsonObject
            {
                ["description"] = "Refused.",
                ["content"] = new JsonObject { [ApiRoute.Json] = new JsonObject { ["schema"] = new JsonObject { ["$ref"] = "#/components/schemas/Error" } } },
            };
        }

        var operation = new JsonObject { ["tags"] = new JsonArray(route.Group), ["summary"] = route.Summary, ["x-scope"] = ApiScopes.Text(route.Scope), ["parameters"] = parameters, ["responses"] = responses };
        if (route.Scope == ApiScope.None)
        {
            operation["security"] = new JsonArray();
        }

        if (route.Body is not null)
        {
            operation["requestBody"] = new JsonObject { ["content"] = new JsonObject { [ApiRoute.Json] = new JsonObject { ["schema"] = Reference(route.Body, schemas) } } };
        }

        return operation;
    }

    private static JsonObject Reference(JsonTypeInfo shape, JsonObject schemas)
    {
        var isArray = shape.Kind == JsonTypeInfoKind.Enumerable && shape.ElementType is not null;
        var one = isArray ? shape.Options.GetTypeInfo(shape.ElementType!) : shape;
        var name = one.Type.Name;
        if (!schemas.ContainsKey(name))
        {
            schemas[name] = Rooted(one.GetJsonSchemaAsNode(Exported), "#/components/schemas/" + name);
        }

        var reference = new JsonObject { ["$ref"] = "#/components/schemas/" + name };
        return isArray ? new JsonObject { ["type"] = "array", ["items"] = reference } : reference;
    }

    // What the exporter refers to begins at the root of the shape, which is not the document's.
    private static JsonNode Rooted(JsonNode schema, string root)
    {
        switch (schema)
        {
            case JsonObject members:
                foreach (var (name, value) in members.ToArray())
                {
                    if (name == "$ref" && value?.GetValueKind() == JsonValueKind.String && value.GetValue<string>() is ['#', .. var place])
                    {
                        members[name] = root + place;
                    }
                    else if (value is not null)
                    {
                        Rooted(value, root);
                    }
                }

                break;
            case JsonArray items:
                foreach (var item in items)
                {
                    if (item is not null)
                    {
                        Rooted(item, root);
                    }
                }

                break;
        }

        return schema;
    }

    private static JsonObject Error() => new()
    {
        ["type"] = "object",
        ["required"] = new JsonArray("error"),
        ["properties"] = new JsonObject
        {
            ["error"] = new JsonObject
            {
                ["type"] = "object",
                ["required"] = new JsonArray("code", "message", "details"),
                ["properties"] = new JsonObject
                {
                    ["code"] = new JsonObject { ["type"] = "string" },
                    ["message"] = new JsonObject { ["type"] = "string" },
                    ["details"] = new JsonObject(),
                },
            },
        },
    };

    private static string Text(int status) => status.ToString(CultureInfo.InvariantCulture);
}
