using System.Net.Sockets;
using System.Text;

namespace Tether.Daemon.Tests.Server.Api;

/// <summary>The other end of a stream of server-sent events: it takes nothing from its connection that it is not asked for.</summary>
internal sealed class StreamClient : IDisposable
{
    private readonly HttpClient _client;
    private readonly HttpResponseMessage _response;
    private readonly StreamReader _reader;

    private StreamClient(HttpClient client, HttpResponseMessage response, Stream body)
    {
        _client = client;
        _response = response;
        _reader = new StreamReader(body, Encoding.UTF8, false, 1024);
    }

    public string? ContentType => _response.Content.Headers.ContentType?.ToString();

    public static async Task<StreamClient> OpenAsync(Uri address, long? lastEventId)
    {
        var client = new HttpClient(new SocketsHttpHandler
        {
            ConnectCallback = async (context, stop) =>
            {
                var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { ReceiveBufferSize = 4096 };
                await socket.ConnectAsync(context.DnsEndPoint, stop);
                return new NetworkStream(socket, ownsSocket: true);
            },
        });
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        if (lastEventId is { } id)
        {
            request.Headers.Add("Last-Event-ID", $"{id}");
        }

        var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead).WaitAsync(Soon.Limit);
        response.EnsureSuccessStatusCode();
        return new StreamClient(client, response, await response.Content.ReadAsStreamAsync());
    }

    /// <summary>The next event's `id:` and `data:`; comments are passed over. Null at the stream's end.</summary>
    public async Task<(long Id, string Data)?> NextAsync()
    {
        var id = 0L;
        while (await ReadLineAsync() is { } line)
        {
            if (line.StartsWith("id: ", StringComparison.Ordinal))
            {
                id = long.Parse(line[4..]);
            }
            else if (line.StartsWith("data: ", StringComparison.Ordinal))
            {
                return (id, line[6..]);
            }
        }

        return null;
    }

    /// <summary>Passes over everything until a line that begins so.</summary>
    public async Task UntilAsync(string start)
    {
        while (await ReadLineAsync() is { } line)
        {
            if (line.StartsWith(start, StringComparison.Ordinal))
            {
                return;
            }
        }

        throw new EndOfStreamException($"“{start}” did not come");
    }

    public async Task<List<long>> IdsAsync(int count)
    {
        var ids = new List<long>();
        while (ids.Count < count && await NextAsync() is { } happened)
        {
            ids.Add(happened.Id);
        }

        return ids;
    }

    public void Dispose()
    {
        _reader.Dispose();
        _response.Dispose();
        _client.Dispose();
    }

    private Task<string?> ReadLineAsync() => _reader.ReadLineAsync().WaitAsync(Soon.Limit);
}
