using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Tether.Daemon.Server.Api;

namespace Tether.Daemon.Tests.Server.Api;

/// <summary>One module of the API behind a server of its own, without a guard: everybody may do everything.</summary>
internal sealed class ModuleRig : IHttpApplication<HttpContext>, IAsyncDisposable
{
    private static readonly ApiCaller Anybody = new("test", ApiScope.Admin, null, 0);

    private readonly KestrelServer _server;
    private readonly ApiRoute[] _routes;
    private int _open;

    private ModuleRig(IApiModule module)
    {
        _routes = [.. module.Routes];
        var options = new KestrelServerOptions();
        options.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http1);
        _server = new KestrelServer(
            Options.Create(options), new SocketTransportFactory(Options.Create(new SocketTransportOptions()), NullLoggerFactory.Instance), NullLoggerFactory.Instance);
    }

    public HttpClient Client { get; } = new() { Timeout = Soon.Limit };

    /// <summary>Requests that are being answered.</summary>
    public int Open => Volatile.Read(ref _open);

    public static async Task<ModuleRig> StartAsync(IApiModule module)
    {
        var rig = new ModuleRig(module);
        await rig._server.StartAsync(rig, CancellationToken.None);
        var address = rig._server.Features.Get<IServerAddressesFeature>()!.Addresses.First();
        rig.Client.BaseAddress = new Uri(address);
        return rig;
    }

    public async Task<(int Status, JsonElement Body)> SendAsync(string method, string path, string? body = null)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        request.Content = body is null ? null : new StringContent(body, Encoding.UTF8, "application/json");
        using var response = await Client.SendAsync(request);
        return ((int)response.StatusCode, JsonElement.Parse(await response.Content.ReadAsStringAsync()));
    }

    public Task<StreamClient> StreamAsync(string path, long? lastEventId = null) => StreamClient.OpenAsync(new Uri(Client.BaseAddress!, path), lastEventId);

    public HttpContext CreateContext(IFeatureCollection contextFeatures) => new DefaultHttpContext(contextFeatures);

    public void DisposeContext(HttpContext context, Exception? exception)
    {
    }

    public async Task ProcessRequestAsync(HttpContext context)
    {
        Interlocked.Increment(ref _open);
        try
        {
            var segments = context.Request.Path.Value!.Split('/');
            var route = _routes.Where(route => route.Method == context.Request.Method && Fits(route, segments)).MaxBy(Named)!;
            var names = route.Path.Split('/').Zip(segments).Where(pair => pair.First.StartsWith('{')).ToDictionary(pair => pair.First[1..^1], pair => pair.Second);
            await route.Handle(new ApiCall(context, route, names, Anybody));
        }
        catch (ApiError e)
        {
            context.Response.StatusCode = e.Status;
            await context.Response.WriteAsync(new JsonObject { ["error"] = new JsonObject { ["code"] = e.Code, ["message"] = e.Message } }.ToJsonString());
        }
        catch (IOException e) when (!context.RequestAborted.IsCancellationRequested && !context.Response.HasStarted)
        {
            // As the server itself answers it.
            context.Response.StatusCode = 503;
            await context.Response.WriteAsync(new JsonObject { ["error"] = new JsonObject { ["code"] = ApiError.Storage, ["message"] = e.Message } }.ToJsonString());
        }
        finally
        {
            Interlocked.Decrement(ref _open);
        }
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _server.StopAsync(new CancellationToken(canceled: true));
        _server.Dispose();
    }

    private static int Named(ApiRoute route) => route.Path.Split('/').Count(segment => !segment.StartsWith('{'));

    private static bool Fits(ApiRoute route, string[] segments)
    {
        var pattern = route.Path.Split('/');
        return pattern.Length == segments.Length && pattern.Zip(segments).All(pair => pair.First.StartsWith('{') || pair.First == pair.Second);
    }
}
