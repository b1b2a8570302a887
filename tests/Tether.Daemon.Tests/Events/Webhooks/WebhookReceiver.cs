using System.Collections.Concurrent;
using Microsoft.AspNetCore.Http;
using Tether.Daemon.Server.Api;
using Tether.Daemon.Tests.Server.Api;

namespace Tether.Daemon.Tests.Events.Webhooks;

/// <summary>Somebody who is told: a server that keeps what it gets and answers as the test says.</summary>
internal sealed class WebhookReceiver : IApiModule, IAsyncDisposable
{
    private ModuleRig _rig = null!;

    private WebhookReceiver()
    {
    }

    public ConcurrentQueue<Delivery> Got { get; } = [];

    /// <summary>The status for the next deliveries, 0 for no answer at all.</summary>
    public Func<Delivery, int> Answer { get; set; } = _ => 204;

    public Uri Url => new(_rig.Client.BaseAddress!, "/hook");

    public IEnumerable<ApiRoute> Routes =>
    [
        new() { Method = "POST", Path = "/hook", Group = "", Scope = ApiScope.None, Summary = "", Handle = TakeAsync },
        new() { Method = "GET", Path = "/elsewhere", Group = "", Scope = ApiScope.None, Summary = "", Handle = TakeAsync },
        new() { Method = "POST", Path = "/elsewhere", Group = "", Scope = ApiScope.None, Summary = "", Handle = TakeAsync },
    ];

    public static async Task<WebhookReceiver> StartAsync()
    {
        var receiver = new WebhookReceiver();
        receiver._rig = await ModuleRig.StartAsync(receiver);
        return receiver;
    }

    public ValueTask DisposeAsync() => _rig.DisposeAsync();

    private async Task TakeAsync(ApiCall call)
    {
        using var reader = new StreamReader(call.Http.Request.Body);
        var delivery = new Delivery(call.Http.Request.Path, call.Http.Request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString()), await reader.ReadToEndAsync());
        Got.Enqueue(delivery);
        var status = Answer(delivery);
        if (status == 0)
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, call.Aborted);
        }

        call.Http.Response.StatusCode = status;
        if (status is >= 300 and < 400)
        {
            call.Http.Response.Headers.Location = "/elsewhere";
        }
    }
}

internal sealed record Delivery(string Path, IReadOnlyDictionary<string, string> Headers, string Body);
