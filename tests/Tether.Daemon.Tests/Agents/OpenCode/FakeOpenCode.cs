using System.Collections.Concurrent;
using System.Net;
using System.Text;
using System.Threading.Channels;
using Tether.Daemon.Agents;

namespace Tether.Daemon.Tests.Agents.OpenCode;

/// <summary>As much of opencode's HTTP API as the link uses: lists, replies and the stream of events, behind a password.</summary>
internal sealed class FakeOpenCode : IDisposable
{
    public const string Credentials = "opencode:pw";

    private readonly HttpListener _listener = new();
    private readonly ConcurrentDictionary<HttpListenerResponse, HttpListenerResponse> _streams = new();
    private readonly Channel<string> _posts = Channel.CreateUnbounded<string>();
    private readonly Channel<bool> _connected = Channel.CreateUnbounded<bool>();

    public FakeOpenCode()
    {
        Address = $"http://127.0.0.1:{FreePort.Choose()}";
        _listener.Prefixes.Add(Address + "/");
        _listener.Start();
        _ = Task.Run(ServeAsync);
    }

    public string Address { get; }

    public string Permissions { get; set; } = "[]";

    public string Questions { get; set; } = "[]";

    public string Statuses { get; set; } = "{}";

    public HttpStatusCode ReplyStatus { get; set; } = HttpStatusCode.OK;

    /// <summary>The next thing that was posted: path, a blank, and the body.</summary>
    public Task<string> Posted => _posts.Reader.ReadAsync().AsTask().WaitAsync(Soon.Limit);

    /// <summary>A client has begun to follow the events.</summary>
    public Task Connected => _connected.Reader.ReadAsync().AsTask().WaitAsync(Soon.Limit);

    public void Tell(string type, string properties)
    {
        foreach (var stream in _streams.Keys)
        {
            Write(stream, $$"""{"id":"evt_1","type":"{{type}}","properties":{{properties}}}""");
        }
    }

    /// <summary>Every stream of events breaks.</summary>
    public void Break()
    {
        foreach (var stream in _streams.Keys)
        {
            _streams.TryRemove(stream, out _);
            stream.Abort();
        }
    }

    public void Dispose() => _listener.Close();

    private static void Write(HttpListenerResponse stream, string data)
    {
        stream.OutputStream.Write(Encoding.UTF8.GetBytes($"data: {data}\n\n"));
        stream.OutputStream.Flush();
    }

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                await AnswerAsync(await _listener.GetContextAsync());
            }
        }
        catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private async Task AnswerAsync(HttpListenerContext context)
    {
        var (request, response) = (context.Request, context.Response);
        if (request.Headers["Authorization"] != "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes(Credentials)))
        {
            response.StatusCode = 401;
            response.Close();
            return;
        }

        if (request.Url!.AbsolutePath == "/event")
        {
            response.ContentType = "text/event-stream";
            response.SendChunked = true;
            _streams[response] = response;
            Write(response, """{"id":"evt_0","type":"server.connected","properties":{}}""");
            _connected.Writer.TryWrite(true);
            return;
        }

        var body = "true";
        if (request.HttpMethod == "POST")
        {
            using var reader = new StreamReader(request.InputStream);
            _posts.Writer.TryWrite($"{request.Url.AbsolutePath} {await reader.ReadToEndAsync()}");
            response.StatusCode = (int)ReplyStatus;
        }
        else
        {
            body = request.Url.AbsolutePath switch
            {
                "/permission" => Permissions,
                "/question" => Questions,
                "/session/status" => Statuses,
                "/session/ses_child" => """{"id":"ses_child","parentID":"ses_1","title":"look (@general subagent)"}""",
                _ => """{"id":"ses_1","healthy":true}""",
            };
        }

        response.Close(Encoding.UTF8.GetBytes(body), willBlock: false);
    }
}
