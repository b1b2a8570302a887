using System.Text;

namespace Tether.Daemon.Server.Api.Documents;

/// <summary>The API's description of itself.</summary>
/// <param name="routes">All routes, these too; asked for once they are known.</param>
/// <param name="version">The daemon's.</param>
internal sealed class OpenApi(Func<IEnumerable<ApiRoute>> routes, string version) : IApiModule
{
    private readonly Lazy<byte[]> _document = new(() => Encoding.UTF8.GetBytes(OpenApiDocument.Of(routes(), version).ToJsonString()));

    public IEnumerable<ApiRoute> Routes =>
    [
        new()
        {
            Method = "GET",
            Path = "/api/openapi.json",
            Group = "Health",
            Scope = ApiScope.Observe,
            Summary = "This API as an OpenAPI 3.1 document.",
            Handle = async call =>
            {
                call.Http.Response.ContentType = ApiRoute.Json;
                await call.Http.Response.Body.WriteAsync(_document.Value, call.Aborted).ConfigureAwait(false);
            },
        },
    ];
}
