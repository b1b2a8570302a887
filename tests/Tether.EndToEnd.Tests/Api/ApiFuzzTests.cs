using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;

namespace Tether.EndToEnd.Tests.Api;

/// <summary>Whatever is sent to the API's routes, it answers, and never with a 500: requests made from its own description, broken ones, and bytes.</summary>
public sealed class ApiFuzzTests
{
    private const int Workers = 4;

    private static readonly int Requests = Soak.Size(3000, 100_000);

    [EndToEndFact]
    public async Task No_request_breaks_it_and_none_hangs()
    {
        await using var api = await ApiSandbox.Start("TETHER_AGENT_RATE=0\n");
        var document = (await api.Ask("GET", "/api/openapi.json")).AsObject();
        var session = (string)(await api.Ask("POST", "/api/sessions", new JsonObject { ["provider"] = "shell" }))["id"]!;
        var seed = Random.Shared.Next();
        var first = await Half(seed);

        // What the first half needed is enough for the second.
        var before = await Memory(api);
        var statuses = first.Concat(await Half(seed + Workers));
        Assert.Superset(new HashSet<int> { 200, 201, 401, 404, 405, 415, 422 }, statuses.SelectMany(each => each).ToHashSet());
        Assert.Equal("ok", (await api.Http.GetStringAsync($"http://127.0.0.1:{api.Port}/health")).Trim());
        var after = await Memory(api);
        Assert.True(after < before + (64L << 20), $"{before} bytes grew to {after}");

        Task<HashSet<int>[]> Half(int seed) => Task.WhenAll(Enumerable.Range(0, Workers).Select(worker => Task.Run(() => Work(api, document, session, seed + worker))));
    }

    [EndToEndFact]
    public async Task Bytes_that_are_no_request_end_their_own_connection_alone()
    {
        await using var api = await ApiSandbox.Start();
        var random = new Random(7);
        byte[][] beginnings = [[], "GET "u8.ToArray(), "GET /api/sessions HTTP/1.1\r\nHost: "u8.ToArray(), "POST /api/sessions HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n"u8.ToArray()];
        for (var i = 0; i < 200; i++)
        {
            var bytes = new byte[random.Next(1, 500)];
            random.NextBytes(bytes);
            using var client = new TcpClient();
            await client.ConnectAsync("127.0.0.1", api.Port);
            var stream = client.GetStream();
            using var answer = new StreamReader(stream, Encoding.Latin1);
            string text;
            try
            {
                await stream.WriteAsync((byte[])[.. beginnings[i % beginnings.Length], .. bytes, .. "\r\n\r\n"u8]);
                client.Client.Shutdown(SocketShutdown.Send);
                text = await answer.ReadToEndAsync().WaitAsync(Patience.Ample);
            }
            catch (Exception e) when (e is IOException or SocketException)
            {
                // Reset: it is gone as it should be.
                continue;
            }

            // What stands in the place of the version may be none that is served: 505.
            Assert.False(text.StartsWith("HTTP/1.1 2", StringComparison.Ordinal) || (text.StartsWith("HTTP/1.1 5", StringComparison.Ordinal) && !text.StartsWith("HTTP/1.1 505", StringComparison.Ordinal)), text);
        }

        Assert.Equal("ok", (await api.Http.GetStringAsync($"http://127.0.0.1:{api.Port}/health")).Trim());
    }

    private static async Task<long> Memory(ApiSandbox api) => (long)(await api.Sandbox.Ask("status", null, "status-report"))["memoryBytes"]!;

    // The statuses of all answers.
    private static async Task<HashSet<int>> Work(ApiSandbox api, JsonObject document, string session, int seed)
    {
        var statuses = new HashSet<int>();
        var random = new Random(seed);
        var requests = new FuzzedRequests(document, random, session);
        for (var i = 0; i < Requests / Workers / 2; i++)
        {
            var (method, path, body, type) = requests.Next();
            var shown = $"seed {seed}, request {i}: {method} {path} {type} {body}";
            try
            {
                using var answer = await api.Send(method, path, random.Next(20) == 0 ? "wrong" : api.Token, body, type);
                var text = await answer.Content.ReadAsStringAsync();
                statuses.Add((int)answer.StatusCode);
                Assert.True((int)answer.StatusCode < 500 || (int)answer.StatusCode is 503 or 507, $"{shown}\n{(int)answer.StatusCode} {text}");
                if ((int)answer.StatusCode >= 400 && method != "HEAD" && text.Length > 0)
                {
                    Assert.True(JsonNode.Parse(text)!["error"]!["code"] is not null, $"{shown}\n{text}");
                }
            }
            catch (TaskCanceledException e)
            {
                throw new TimeoutException(shown, e);
            }
        }

        return statuses;
    }
}
