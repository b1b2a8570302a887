using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Tether.Tui.Commands.Mcp;
using Xunit;

namespace Tether.Tui.Tests.Commands.Mcp;

public sealed class McpBridgeTests
{
    [Fact]
    public async Task Each_message_is_posted_and_every_event_of_its_answer_becomes_a_line()
    {
        var daemon = new Daemon(_ => Events("""{"jsonrpc":"2.0","method":"notifications/progress"}""", """{"jsonrpc":"2.0","id":1,"result":{}}"""));
        var lines = await Run(daemon, """{"jsonrpc":"2.0","id":1,"method":"ping"}""");
        Assert.Equal(["""{"jsonrpc":"2.0","method":"notifications/progress"}""", """{"jsonrpc":"2.0","id":1,"result":{}}"""], lines);
        Assert.Equal("/mcp", daemon.Requests[0].Path);
        Assert.Equal("""{"jsonrpc":"2.0","id":1,"method":"ping"}""", daemon.Requests[0].Body);
    }

    [Fact]
    public async Task A_text_with_separators_of_lines_that_JSON_lets_stand_is_carried_as_it_is()
    {
        const string Answer = "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{\"text\":\"a\u2028b\u0085c\"}}";
        Assert.Equal([Answer], await Run(new Daemon(_ => Events(Answer)), """{"jsonrpc":"2.0","id":1,"method":"ping"}"""));
    }

    [Fact]
    public async Task The_version_that_was_agreed_on_is_told_with_what_follows()
    {
        var daemon = new Daemon(request => Events(request.Contains("initialize", StringComparison.Ordinal) ? """{"jsonrpc":"2.0","id":0,"result":{"protocolVersion":"2025-06-18"}}""" : """{"jsonrpc":"2.0","id":1,"result":{}}"""));
        await Run(daemon, """{"jsonrpc":"2.0","id":0,"method":"initialize"}""", """{"jsonrpc":"2.0","id":1,"method":"ping"}""");
        Assert.Null(daemon.Requests[0].Version);
        Assert.Equal("2025-06-18", daemon.Requests[1].Version);
    }

    [Fact]
    public async Task A_notification_that_is_accepted_is_answered_by_nothing() =>
        Assert.Empty(await Run(new Daemon(_ => new HttpResponseMessage(HttpStatusCode.Accepted)), """{"jsonrpc":"2.0","method":"notifications/initialized"}"""));

    [Fact]
    public async Task A_refusal_is_an_error_of_that_request_in_the_daemons_own_words()
    {
        var refusal = () => new HttpResponseMessage(HttpStatusCode.Unauthorized) { Content = new StringContent("""{"error":{"code":"UNAUTHORIZED","message":"the token is wrong"}}""") };
        var line = JsonNode.Parse(Assert.Single(await Run(new Daemon(_ => refusal()), """{"jsonrpc":"2.0","id":"a","method":"tools/list"}""")))!;
        Assert.Equal("a", line["id"]!.GetValue<string>());
        Assert.Equal("the token is wrong", line["error"]!["message"]!.GetValue<string>());
        Assert.Empty(await Run(new Daemon(_ => refusal()), """{"jsonrpc":"2.0","method":"notifications/initialized"}"""));
    }

    [Fact]
    public async Task Without_a_daemon_each_request_is_answered_with_why()
    {
        var lines = await Run(new Daemon(_ => throw new HttpRequestException("refused")), """{"jsonrpc":"2.0","id":1,"method":"ping"}""");
        Assert.Contains("cannot be reached: refused", Assert.Single(lines), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_no_JSON_is_answered_as_such_and_the_next_message_is_carried()
    {
        var lines = await Run(new Daemon(_ => Events("""{"jsonrpc":"2.0","id":1,"result":{}}""")), "{nonsense", """{"jsonrpc":"2.0","id":1,"method":"ping"}""");
        Assert.Contains(lines, line => line.Contains("-32700", StringComparison.Ordinal));
        Assert.Contains("""{"jsonrpc":"2.0","id":1,"result":{}}""", lines);
    }

    [Fact]
    public async Task A_cancellation_ends_the_request_that_it_means_and_no_other()
    {
        var daemon = new Daemon(_ => Events()) { Holds = true };
        using var client = new HttpClient(daemon) { BaseAddress = new Uri("http://daemon") };
        using var output = new MemoryStream();
        var input = new Pipe();
        var running = new McpBridge(client, output).RunAsync(input, CancellationToken.None);
        input.Write("""{"jsonrpc":"2.0","id":7,"method":"tools/call"}""");
        input.Write("""{"jsonrpc":"2.0","id":8,"method":"tools/call"}""");
        await daemon.Arrived(2);
        input.Write("""{"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":7}}""");
        Assert.Contains("\"id\":7", await daemon.Cancelled.Task.WaitAsync(TimeSpan.FromSeconds(30)), StringComparison.Ordinal);
        Assert.Equal(2, daemon.Requests.Count);
        input.Write(null);
        await running.WaitAsync(TimeSpan.FromSeconds(30));
    }

    private static async Task<string[]> Run(Daemon daemon, params string[] lines)
    {
        using var client = new HttpClient(daemon) { BaseAddress = new Uri("http://daemon") };
        using var output = new MemoryStream();
        var bridge = new McpBridge(client, output);
        var input = new Pipe();
        var running = bridge.RunAsync(input, CancellationToken.None);
        var before = 0;
        foreach (var line in lines)
        {
            input.Write(line);
            if (line.StartsWith("{\"", StringComparison.Ordinal))
            {
                await daemon.Answered(++before);
            }
        }

        input.Write(null);
        await running.WaitAsync(TimeSpan.FromSeconds(30));
        return Encoding.UTF8.GetString(output.ToArray()).Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    private static HttpResponseMessage Events(params string[] messages)
    {
        var text = string.Concat(messages.Select(message => $"event: message\ndata: {message}\n\n"));
        return new HttpResponseMessage(HttpStatusCode.OK) { Content = new StringContent(text, Encoding.UTF8, "text/event-stream") };
    }

    private sealed class Pipe : TextReader
    {
        private readonly System.Threading.Channels.Channel<string?> _lines = System.Threading.Channels.Channel.CreateUnbounded<string?>();

        public void Write(string? line) => _lines.Writer.TryWrite(line);

        public override async ValueTask<string?> ReadLineAsync(CancellationToken cancellationToken) => await _lines.Reader.ReadAsync(cancellationToken);
    }

    private sealed class Daemon(Func<string, HttpResponseMessage> answer) : HttpMessageHandler
    {
        private readonly SemaphoreSlim _arrivals = new(0);
        private int _answered;

        public List<(string Path, string Body, string? Version)> Requests { get; } = [];

        public bool Holds { get; init; }

        public TaskCompletionSource<string> Cancelled { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public async Task Arrived(int count)
        {
            for (var i = 0; i < count; i++)
            {
                Assert.True(await _arrivals.WaitAsync(TimeSpan.FromSeconds(30)));
            }
        }

        // An answer has been read to its end when its content is disposed of, or thrown.
        public async Task Answered(int count)
        {
            var end = TimeProvider.System.GetTimestamp();
            while (Volatile.Read(ref _answered) < count && TimeProvider.System.GetElapsedTime(end) < TimeSpan.FromSeconds(30))
            {
                await Task.Yield();
            }

            Assert.True(Volatile.Read(ref _answered) >= count);
        }

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var body = await request.Content!.ReadAsStringAsync(cancellationToken);
            lock (Requests)
            {
                Requests.Add((request.RequestUri!.AbsolutePath, body, request.Headers.TryGetValues("MCP-Protocol-Version", out var versions) ? versions.Single() : null));
            }

            _arrivals.Release();
            if (Holds)
            {
                using var registration = cancellationToken.Register(() => Cancelled.TrySetResult(body));
                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
            }

            try
            {
                var response = answer(body);
                response.Content = new Content(response.Content, () => Interlocked.Increment(ref _answered));
                return response;
            }
            catch (HttpRequestException)
            {
                Interlocked.Increment(ref _answered);
                throw;
            }
        }

        private sealed class Content : HttpContent
        {
            private readonly HttpContent _inner;
            private readonly Action _done;

            public Content(HttpContent inner, Action done)
            {
                (_inner, _done) = (inner, done);
                foreach (var header in inner.Headers)
                {
                    Headers.TryAddWithoutValidation(header.Key, header.Value);
                }
            }

            protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => _inner.CopyToAsync(stream);

            protected override bool TryComputeLength(out long length) => (length = 0) == 1;

            protected override void Dispose(bool disposing)
            {
                base.Dispose(disposing);
                _done();
            }
        }
    }
}
