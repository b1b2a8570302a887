using System.Reflection;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using System.Text.Json.Serialization.Metadata;
using System.Text.RegularExpressions;
using Tether.Daemon.Events.Webhooks;
using Tether.Daemon.Server.Api;
using Tether.Daemon.Server.Api.Documents;

namespace Tether.Daemon.Tests.Server.Api;

/// <summary>Writes docs/api.md from the tables of routes, and the members' comments in the source.</summary>
internal sealed partial class ApiDocument
{
    private readonly StringBuilder _text = new();
    private readonly Dictionary<string, JsonTypeInfo> _shapes = [];

    public static string Write(IReadOnlyList<ApiRoute> routes)
    {
        var document = new ApiDocument();
        document.Head();
        foreach (var group in routes.GroupBy(route => route.Group))
        {
            document._text.Append($"\n## {group.Key}\n{Introduction(group.Key)}");
            foreach (var route in group)
            {
                document.Route(route);
            }
        }

        document._text.Append("\n## Shapes\n");
        for (var written = 0; written < document._shapes.Count; written++)
        {
            document.Shape(document._shapes.ElementAt(written).Value);
        }

        return document._text.ToString();
    }

    private void Head() => _text.Append("""
        # The HTTP API

        <!-- Written by a test from the routes themselves; `TETHER_WRITE_DOCS=1 dotnet test --filter ApiDocumentTests` writes it anew. -->

        The daemon serves it on `127.0.0.1:8787` (`TETHER_AGENT_HOST`, `TETHER_AGENT_PORT`, `tether start --host --port`; `TETHER_HTTP=0` closes it), and on the Unix socket `tether.sock` of the
        runtime folder, where programs of the same user need no token. `GET /api/openapi.json` describes it for programs.

        **Tokens.** Everything but `/api/health` wants `Authorization: Bearer TOKEN`. The user's own token stands in the file `token` of the data directory; `TETHER_AGENT_TOKEN` is another of your choice; both
        may do everything. `tether token create` makes others with scopes, which may expire and can be revoked: **observe** (read), **input** (start, type, interrupt, stop, speak as an agent), **approve** (answer what needs
        a human) and **admin** (everything, and alone tokens, rules, webhooks, deleting and bypass). While an agent stands at a prompt of its own, keys would answer it: they take *approve* too. Without a token every path answers alike. What runs
        inside a supervised session may use no route of *approve* and *admin*, whatever token it has, and its keys answer no prompt; so may nobody of this machine who does not wait for the answer. An agent of your own should get a token of the scope *input*.

        **Host and Origin.** A request must name the server by one of its own names (`localhost`, `127.0.0.1`, `[::1]`, each with the port, or one of `TETHER_AGENT_HOSTS`), and a browser's page must come from one.

        **Refusals** have one shape, `{"error":{"code","message","details"}}`: 401 `UNAUTHORIZED`, 403 `FORBIDDEN`, 404 `NOT_FOUND`, 405 `METHOD_NOT_ALLOWED`, 409 `INVALID_STATE`, 413 `TOO_LARGE`, 415 and 422
        `VALIDATION_ERROR`, `GIT_ERROR` for what git refuses, 429 `RATE_LIMITED` with `Retry-After`, 500 `INTERNAL_ERROR`, 503 `AGENT_UNAVAILABLE`, 503 and 507
        `STORAGE_ERROR`; 400 `PLATFORM_UNAVAILABLE` where an external agent wants a chat that is not configured. `details.reason`, where it is there, is the code of PROTOCOL.md.

        **Programs.** A session is started by the name of a provider. A body that names a command, arguments, a shell or an environment is refused, and a directory must lie in the home folder, where a session was started
        before, or in `TETHER_AGENT_DIRECTORIES`.

        A connection on which nothing is asked for {silence} seconds is closed, before a token has been shown on it for {stranger}; whoever comes back later connects anew.

        Times are ISO 8601 in UTC. A body is JSON, at most 1 MiB where nothing else is said; a member that the route does not know is refused, but by the routes through which external agents speak.

        ```bash
        TOKEN=$(cat ~/.local/share/tether/token)
        curl http://localhost:8787/api/sessions -H "Authorization: Bearer $TOKEN"
        ```

        """.Replace("{silence}", $"{Daemon.Server.HttpServer.Silence.TotalSeconds}", StringComparison.Ordinal).Replace("{stranger}", $"{Daemon.Server.StrangerLimit.Silence.TotalSeconds}", StringComparison.Ordinal));

    private static string Introduction(string group) => group switch
    {
        "Events" => $"""

            An event is `{"{id, session_id, ts, seq, type, data}"}`. A stream sends each as one `data:` line, and a comment every 15 seconds while nothing happens. What happens to a session beyond these types (`state`,
            `title`, `control`, `command`, `exited` …: the kinds of the notice `event` in PROTOCOL.md) has `{"{text}"}` as `data`.

            | type | `data` |
            |---|---|
            {string.Join('\n', EventTypeDocument.Rows())}

            """,
        "Webhooks" => $"""

            An event is sent as it stands in …/events, as JSON in the body of a POST. The receiver answers 2xx within {WebhookSender.Limit.TotalSeconds} seconds, and what it answers is not read; redirects are not followed. Whatever else
            happens is a failure: the event is tried {WebhookDelivery.MostAttempts} times with growing pauses, about ten minutes in all, while later events wait; then it becomes a dead letter, and each
            event behind it is tried once until one is taken.

            | header | |
            |---|---|
            | `X-Tether-Event` | The event's type; `ping` for a test. |
            | `X-Tether-Delivery` | The webhook's and the event's id: the same when the same event comes again, by which a receiver knows it. |
            | `X-Tether-Attempt` | 1 for the first. |
            | `X-Tether-Timestamp` | Seconds since 1970, when it was sent. |
            | `X-Tether-Signature` | `v1=` and, in hex, the HMAC-SHA256 under the webhook's secret of the timestamp, a dot and the body. |

            ```python
            def is_genuine(secret, headers, body):  # the body's bytes as they came
                signed = headers["X-Tether-Timestamp"].encode() + b"." + body
                expected = "v1=" + hmac.new(secret.encode(), signed, hashlib.sha256).hexdigest()
                fresh = abs(time.time() - int(headers["X-Tether-Timestamp"])) < 300
                return fresh and hmac.compare_digest(expected, headers["X-Tether-Signature"])
            ```

            """,
        _ => "",
    };

    private void Route(ApiRoute route)
    {
        _text.Append($"\n### `{route.Method} {route.Path}`\n\n{route.Summary}\n\n");
        _text.Append(route.Scope == ApiScope.None ? "No token" : $"Scope *{ApiScopes.Text(route.Scope)}*");
        _text.Append(route.Body is { } body ? $"; body {Link(body)}" : "");
        _text.Append(route.Reply is { } reply ? $"; {route.Status} {Link(reply)}" : $"; {route.Status} `{route.Content}`");
        _text.Append(route.Refusals.Length > 0 ? $"; also {string.Join(", ", route.Refusals)}" : "");
        _text.Append(route.MostBytes != 1 << 20 && route.Body is not null ? $"; at most {route.MostBytes} bytes" : "");
        _text.Append(".\n");
        if (route.Query.Length > 0)
        {
            _text.Append("\n| parameter | | |\n|---|---|---|\n");
            foreach (var parameter in route.Query)
            {
                _text.Append($"| `{parameter.Name}` | {parameter.Type} | {Cell(parameter.Text)} |\n");
            }
        }
    }

    private string Link(JsonTypeInfo shape)
    {
        var one = shape.Kind == JsonTypeInfoKind.Enumerable && shape.ElementType is { } element ? shape.Options.GetTypeInfo(element) : shape;
        if (one.Kind != JsonTypeInfoKind.Object)
        {
            return $"`{Type(one)}`";
        }

        _shapes.TryAdd(one.Type.Name, one);
        return $"[{one.Type.Name}](#{one.Type.Name.ToLowerInvariant()}){(one == shape ? "" : "[]")}";
    }

    private void Shape(JsonTypeInfo shape)
    {
        _text.Append($"\n### {shape.Type.Name}\n\n");
        _text.Append("| member | | |\n|---|---|---|\n");
        foreach (var member in shape.Properties)
        {
            var type = shape.Options.GetTypeInfo(member.PropertyType);
            var words = Type(type);
            _text.Append($"| `{member.Name}` | {words}{(member.IsGetNullable ? " or null" : "")}{(member.IsRequired ? ", required" : "")} | {Cell(Comment(shape.Type, member))} |\n");
        }
    }

    private string Type(JsonTypeInfo type)
    {
        if (Nullable.GetUnderlyingType(type.Type) is { } inner)
        {
            return Type(type.Options.GetTypeInfo(inner));
        }

        if (type.Type == typeof(byte[]))
        {
            return "base64";
        }

        if (type.Type.IsEnum)
        {
            return string.Join(", ", type.GetJsonSchemaAsNode()["enum"]?.AsArray().Select(value => $"`{value}`") ?? ["text"]);
        }

        return type.Kind switch
        {
            JsonTypeInfoKind.Dictionary => $"object of {Type(type.Options.GetTypeInfo(type.ElementType!))}s",
            JsonTypeInfoKind.Enumerable => $"list of {Type(type.Options.GetTypeInfo(type.ElementType!))}",
            JsonTypeInfoKind.Object => Link(type),
            _ when type.Type == typeof(DateTimeOffset) => "time",
            _ when type.Type == typeof(JsonElement) || type.Type == typeof(JsonNode) => "any",
            _ when type.Type == typeof(bool) => "boolean",
            _ when type.Type == typeof(double) => "number",
            _ when type.Type == typeof(string) => "text",
            _ => "integer",
        };
    }

    // Members' comments are read from where they are written: once, and never out of step.
    private static string Comment(Type type, JsonPropertyInfo member)
    {
        var name = (member.AttributeProvider as MemberInfo)?.Name ?? "";
        var source = Sources.Value.FirstOrDefault(text => Regex.IsMatch(text, $@"record {type.Name}\b"));
        if (source is null)
        {
            return "";
        }

        var body = source[Regex.Match(source, $@"record {type.Name}\b").Index..];
        var match = Regex.Match(body, $@"(?:/// <summary>(?<text>(?:(?!</summary>)[\s\S])*)</summary>\s*)?(?:\[[^\]]*\]\s*)*public (?:required )?[^\s(]+ {name} \{{");
        return Tags().Replace(match.Groups["text"].Value.Replace("///", " ", StringComparison.Ordinal), "$1$2").Replace("\n", " ", StringComparison.Ordinal).Trim();
    }

    private static readonly Lazy<string[]> Sources = new(() =>
    [
        .. Directory.EnumerateFiles(SourceTree.PathOf("Tether.Daemon"), "*.cs", SearchOption.AllDirectories).Order(StringComparer.Ordinal).Select(File.ReadAllText),
        .. Directory.EnumerateFiles(SourceTree.PathOf("Tether.Protocol"), "*.cs", SearchOption.AllDirectories).Order(StringComparer.Ordinal).Select(File.ReadAllText),
    ]);

    private static string Cell(string text) => Blanks().Replace(text, " ").Replace("|", "\\|", StringComparison.Ordinal);

    [GeneratedRegex(@"<see cref=""(?:[A-Za-z]+\.)*([A-Za-z]+)""\s*/>|<paramref name=""([A-Za-z]+)""\s*/>")]
    private static partial Regex Tags();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blanks();
}
