using System.Net.Http.Headers;
using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;

namespace Tether.Daemon.Agents.OpenCode;

/// <summary>The HTTP API of one running opencode. Every call has a time limit: while it starts, opencode may take a request and never answer it.</summary>
internal sealed class OpenCodeApi : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly HttpClient _client;
    private readonly TimeProvider _clock;

    public OpenCodeApi(Uri address, string? credentials, TimeProvider clock)
    {
        _clock = clock;
        _client = new HttpClient(new SocketsHttpHandler { UseProxy = false, UseCookies = false, AllowAutoRedirect = false })
        {
            BaseAddress = address,
            Timeout = Timeout.InfiniteTimeSpan,
        };
        if (credentials is not null)
        {
            _client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(credentials)));
        }
    }

    /// <summary>The events of its bus from now on, each with `type` and `properties`. Ends when the connection does.</summary>
    /// <exception cref="HttpRequestException">It does not answer, or with another status than 200.</exception>
    /// <exception cref="TimeoutException">It took too long.</exception>
    public async IAsyncEnumerable<JsonElement> Events([EnumeratorCancellation] CancellationToken cancel)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/event");
        using var response = await Within(limit => _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, limit), cancel).ConfigureAwait(false);
        response.EnsureSuccessStatusCode();
        await using var stream = await response.Content.ReadAsStreamAsync(cancel).ConfigureAwait(false);
        await foreach (var item in SseParser.Create(stream, (_, data) => Parse(data)).EnumerateAsync(cancel).ConfigureAwait(false))
        {
            if (item.Data is { ValueKind: JsonValueKind.Object } data)
            {
                yield return data;
            }
        }
    }

    /// <exception cref="HttpRequestException">As in <see cref="Events"/>.</exception>
    /// <exception cref="TimeoutException">It took too long.</exception>
    /// <exception cref="JsonException">What it answered is no JSON.</exception>
    public Task<JsonElement> Get(string path, CancellationToken cancel) => Within(
        async limit =>
        {
            using var response = await _client.GetAsync(new Uri(path, UriKind.Relative), limit).ConfigureAwait(false);
            response.EnsureSuccessStatusCode();
            using var body = JsonDocument.Parse(await response.Content.ReadAsByteArrayAsync(limit).ConfigureAwait(false));
            return body.RootElement.Clone();
        },
        cancel);

    /// <returns>The status.</returns>
    /// <exception cref="HttpRequestException">It does not answer.</exception>
    /// <exception cref="TimeoutException">It took too long.</exception>
    public Task<int> Post(string path, byte[] json, CancellationToken cancel) => Within(
        async limit =>
        {
            using var content = new ByteArrayContent(json) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
            using var response = await _client.PostAsync(new Uri(path, UriKind.Relative), content, limit).ConfigureAwait(false);
            return (int)response.StatusCode;
        },
        cancel);

    public void Dispose() => _client.Dispose();

    private static JsonElement Parse(ReadOnlySpan<byte> data)
    {
        try
        {
            var reader = new Utf8JsonReader(data);
            return JsonElement.ParseValue(ref reader);
        }
        catch (JsonException)
        {
            return default;
        }
    }

    private async Task<T> Within<T>(Func<CancellationToken, Task<T>> call, CancellationToken cancel)
    {
        using var limit = new CancellationTokenSource(Patience, _clock);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancel);
        try
        {
            return await call(both.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested && !cancel.IsCancellationRequested)
        {
            throw new TimeoutException($"opencode did not answer within {Patience.TotalSeconds} s");
        }
    }
}
