using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;

namespace Tether.Daemon.Events.Webhooks;

/// <summary>
/// One delivery: a POST of an event's JSON, signed. `X-Tether-Signature` is `v1=` and the HMAC-SHA256, in hex, of the timestamp, a dot and the body under the hook's
/// secret; `X-Tether-Delivery` is the same when the same event comes again. Only 2xx is success; redirects are not followed, and what is answered is not read. Only who may
/// do everything names a receiver, so it may be on this machine or in its network; but nothing goes to link-local addresses, where clouds tell a machine its secrets.
/// </summary>
internal sealed class WebhookSender(TimeProvider clock) : IDisposable
{
    /// <summary>Deliveries at the same time.</summary>
    public const int MostAtOnce = 8;

    /// <summary>For connecting, sending and the answer's head.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    private readonly SemaphoreSlim _places = new(MostAtOnce);
    private readonly HttpClient _client = new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        ConnectCallback = ConnectAsync,
        UseCookies = false,
        ConnectTimeout = TimeSpan.FromSeconds(5),
        MaxResponseHeadersLength = 16,
        PooledConnectionIdleTimeout = TimeSpan.FromSeconds(30),
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
    })
    {
        Timeout = Timeout.InfiniteTimeSpan,
    };

    /// <summary>`v1=` and the signature.</summary>
    /// <param name="timestamp">Seconds since 1970, as the header has it.</param>
    public static string Sign(string secret, string timestamp, ReadOnlySpan<byte> body)
    {
        using var hash = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(secret));
        hash.AppendData(Encoding.UTF8.GetBytes(timestamp + "."));
        hash.AppendData(body);
        return "v1=" + Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>Sends once.</summary>
    /// <param name="eventId">0 for what is no event.</param>
    /// <returns>Null when it was taken, else why it was not.</returns>
    public async Task<string?> SendAsync(Webhook hook, long eventId, string type, ReadOnlyMemory<byte> body, int attempt, CancellationToken stop)
    {
        await _places.WaitAsync(stop).ConfigureAwait(false);
        try
        {
            using var limit = new CancellationTokenSource(Limit, clock);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, stop);
            using var request = RequestOf(hook, eventId, type, body, attempt);
            using var response = await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token).ConfigureAwait(false);
            return response.IsSuccessStatusCode ? null : $"answered {(int)response.StatusCode}{(IsRedirect(response.StatusCode) ? "; redirects are not followed" : "")}";
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            return $"no answer within {Limit.TotalSeconds} s";
        }
        catch (HttpRequestException e)
        {
            return e.Message;
        }
        finally
        {
            _places.Release();
        }
    }

    public void Dispose()
    {
        _client.Dispose();
        _places.Dispose();
    }

    /// <summary>Whether nothing is sent there: an address of the link alone, by whatever name or notation it was found.</summary>
    public static bool IsRefused(IPAddress address)
    {
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return plain.IsIPv6LinkLocal || (plain.AddressFamily == AddressFamily.InterNetwork && plain.GetAddressBytes() is [169, 254, ..]);
    }

    // The name is looked up here, and the addresses that are looked at are those that are used.
    private static async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken stop)
    {
        var (host, port) = (context.DnsEndPoint.Host, context.DnsEndPoint.Port);
        var addresses = Array.FindAll(await Dns.GetHostAddressesAsync(host, stop).ConfigureAwait(false), address => !IsRefused(address));
        if (addresses.Length == 0)
        {
            throw new IOException($"{host} has link-local addresses alone; nothing is sent there");
        }

        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(addresses, port, stop).ConfigureAwait(false);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private static bool IsRedirect(HttpStatusCode status) => (int)status is >= 300 and < 400;

    private HttpRequestMessage RequestOf(Webhook hook, long eventId, string type, ReadOnlyMemory<byte> body, int attempt)
    {
        var timestamp = clock.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var content = new ReadOnlyMemoryContent(body);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        var request = new HttpRequestMessage(HttpMethod.Post, hook.Url) { Content = content };
        request.Headers.Add("User-Agent", "tether");
        request.Headers.Add("X-Tether-Event", type);
        request.Headers.Add("X-Tether-Delivery", $"{hook.Id}-{eventId}");
        request.Headers.Add("X-Tether-Attempt", attempt.ToString(CultureInfo.InvariantCulture));
        request.Headers.Add("X-Tether-Timestamp", timestamp);
        request.Headers.Add("X-Tether-Signature", Sign(hook.Secret, timestamp, body.Span));
        return request;
    }
}
