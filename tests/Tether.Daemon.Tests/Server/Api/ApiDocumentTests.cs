using System.Text.Json.Nodes;
using Tether.Daemon.Agents;
using Tether.Daemon.Approvals.Audit;
using Tether.Daemon.Configuration;
using Tether.Daemon.Events.Webhooks;
using Tether.Daemon.Server.Api;
using Tether.Daemon.Server.Api.Documents;
using Tether.Daemon.Server.Api.External;
using Tether.Daemon.Server.Api.Sessions;
using Tether.Daemon.Server.Api.Tokens;
using Tether.Daemon.Sessions;
using Tether.Daemon.Tests.Events;
using Tether.Daemon.Tests.Server.Api.Events;
using Tether.Protocol.Model;
using Xunit;

namespace Tether.Daemon.Tests.Server.Api;

/// <summary>What is written of the API is what there is.</summary>
public sealed class ApiDocumentTests : IDisposable
{
    private readonly ScratchDirectory _scratch = new();
    private readonly FakeEventLog _events = new();
    private readonly WebhookDesk _webhooks;
    private readonly AuditLog _audit;
    private readonly IReadOnlyList<ApiRoute> _routes;

    public ApiDocumentTests()
    {
        _audit = new AuditLog(_scratch.Path, TimeProvider.System, _ => { });
        _webhooks = new WebhookDesk(_scratch.File("webhooks.db"), _events, TimeProvider.System, new ListLogger());
        var tokens = new TokenStore(_scratch.File("tokens.json"), TimeProvider.System);
        _routes = new ApiRouter(ApiModules.Of(new ApiParts
        {
            Requests = new ApiRequests(new FakeClientHandler()),
            Table = new SessionTable(),
            Directories = new ConfinedDirectories(new SessionTable(), _scratch.Path, []),
            Providers = new ProviderList(_scratch.File("providers.json")),
            Audit = _audit,
            Config = new TetherConfig(),
            Paths = new TetherPaths { ConfigDirectory = _scratch.Path, DataDirectory = _scratch.Path, RuntimeDirectory = _scratch.Path },
            Version = "0",
            Clock = TimeProvider.System,
            Log = Microsoft.Extensions.Logging.Abstractions.NullLoggerFactory.Instance,
            IsSupervised = _ => false,
            Events = _events,
            Externals = new FakeExternalAgents(_events),
            Cursors = new InputCursors(_ => _scratch.Path),
            Webhooks = _webhooks,
            Tokens = tokens,
            Tickets = new WsTickets(TimeProvider.System),
        }).SelectMany(module => module.Routes)).Routes;
    }

    public void Dispose()
    {
        _audit.Dispose();
        _webhooks.Dispose();
        _scratch.Dispose();
    }

    [Fact]
    public void The_document_says_what_the_routes_are()
    {
        var written = ApiDocument.Write(_routes);
        var file = SourceTree.PathOf("docs/api.md");
        if (Environment.GetEnvironmentVariable("TETHER_WRITE_DOCS") == "1")
        {
            File.WriteAllText(file, written);
        }

        Assert.Equal(File.Exists(file) ? File.ReadAllText(file) : "", written);
    }

    [Fact]
    public void Every_route_is_described_whole()
    {
        var document = OpenApiDocument.Of(_routes, "0");
        foreach (var route in _routes)
        {
            var operation = document["paths"]![route.Path]![route.Method.ToLowerInvariant()]!;
            Assert.False(string.IsNullOrWhiteSpace(route.Summary));
            Assert.EndsWith(".", route.Summary, StringComparison.Ordinal);
            Assert.Equal(route.Body is not null, operation["requestBody"] is not null);
            Assert.Equal(
                ApiRouter.NamesOf(route.Path).Concat(route.Query.Select(parameter => parameter.Name)), operation["parameters"]!.AsArray().Select(parameter => parameter!["name"]!.GetValue<string>()));
            Assert.True(route.Scope == ApiScope.None ? operation["security"] is JsonArray { Count: 0 } : operation["security"] is null);
        }

        Assert.Equal(_routes.Count, document["paths"]!.AsObject().Sum(path => path.Value!.AsObject().Count));
    }

    [Fact]
    public void Whatever_a_schema_refers_to_is_there()
    {
        var document = OpenApiDocument.Of(_routes, "0");
        foreach (var reference in References(document))
        {
            JsonNode? place = document;
            foreach (var step in reference[2..].Split('/'))
            {
                place = place is JsonArray items ? items[int.Parse(step)] : place?[step.Replace("~1", "/", StringComparison.Ordinal)];
            }

            Assert.True(place is not null, reference);
        }
    }

    [Fact]
    public void Only_what_tells_nothing_is_open() => Assert.Equal(["/api/health"], _routes.Where(route => route.Scope == ApiScope.None).Select(route => route.Path));

    private static IEnumerable<string> References(JsonNode? node) => node switch
    {
        JsonObject members => members.SelectMany(member => member.Key == "$ref" && member.Value is JsonValue value ? [value.GetValue<string>()] : References(member.Value)),
        JsonArray items => items.SelectMany(References),
        _ => [],
    };
}
