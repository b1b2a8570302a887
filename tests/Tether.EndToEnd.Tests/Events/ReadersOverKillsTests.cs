using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using Tether.EndToEnd.Tests.Api;

namespace Tether.EndToEnd.Tests.Events;

/// <summary>Readers of events that come again after the daemon was killed miss nothing and see nothing twice, whatever way they read.</summary>
public sealed class ReadersOverKillsTests
{
    private const int Kills = 2;

    // Before a reader tries again.
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    [EndToEndFact]
    public async Task Streams_and_polls_see_every_acknowledged_event_once_and_in_order_over_kills_of_the_daemon()
    {
        await using var api = await ApiSandbox.Start();
        var id = await api.Register("Reviewer");
        using var limit = new CancellationTokenSource(Patience.Ample);
        Task<List<(long Seq, string? Text)>>[] readers =
        [
            StreamAsync(api, $"/api/sessions/{id}/events/stream", "seq", limit.Token),
            StreamAsync(api, "/api/events/stream?since=0", "id", limit.Token),
            PollAsync(api, id, limit.Token),
        ];

        var acknowledged = new List<string>();
        for (var round = 0; round <= Kills; round++)
        {
            var pushing = PushAsync(api, id, round, acknowledged, limit.Token);
            if (round < Kills)
            {
                await Patience.Until(() => Count() > (round + 1) * 30, "pushes", Patience.Ample);
                SandboxProcess.Signal((await api.Sandbox.Status()).ProcessId, Signals.Kill);
                await Assert.ThrowsAnyAsync<HttpRequestException>(() => pushing);
                await api.Sandbox.Do("start");
            }
            else
            {
                await pushing;
            }
        }

        await api.Call("POST", $"/api/sessions/{id}/events", """{"type":"output","data":{"text":"the end"}}""");
        var seen = await Task.WhenAll(readers);
        foreach (var events in seen)
        {
            var texts = events.Where(one => one.Text is not null).Select(one => one.Text).ToList();
            Assert.Equal(texts.Distinct(), texts);
            Assert.Equal(Enumerable.Range((int)events[0].Seq, events.Count).Select(i => (long)i), events.Select(one => one.Seq));
            Assert.Empty(acknowledged.Except(texts!));
        }

        Assert.Equal(1, seen[0][0].Seq);
        Assert.Equal(seen[0], seen[2]);

        int Count()
        {
            lock (acknowledged)
            {
                return acknowledged.Count;
            }
        }
    }

    private static async Task PushAsync(ApiSandbox api, string id, int round, List<string> acknowledged, CancellationToken stop)
    {
        for (var i = 0; i < (round < Kills ? 100_000 : 50); i++)
        {
            stop.ThrowIfCancellationRequested();
            await api.Call("POST", $"/api/sessions/{id}/events", $$$"""{"type":"output","data":{"text":"{{{round}}} {{{i}}}"}}""");
            lock (acknowledged)
            {
                acknowledged.Add($"{round} {i}");
            }
        }
    }

    private static async Task<List<(long Seq, string? Text)>> StreamAsync(ApiSandbox api, string path, string number, CancellationToken stop)
    {
        using var http = Client(api);
        var seen = new List<(long Seq, string? Text)>();
        string? last = null;
        while (true)
        {
            try
            {
                using var request = new HttpRequestMessage(HttpMethod.Get, path);
                if (last is not null)
                {
                    request.Headers.Add("Last-Event-ID", last);
                }

                using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, stop);
                using var reader = new StreamReader(await response.Content.ReadAsStreamAsync(stop));
                while (await reader.ReadLineAsync(stop) is { } line)
                {
                    if (line.StartsWith("id: ", StringComparison.Ordinal))
                    {
                        last = line[4..];
                    }
                    else if (line.StartsWith("data: ", StringComparison.Ordinal) && Take(JsonNode.Parse(line[6..])!, number, seen))
                    {
                        return seen;
                    }
                }
            }
            catch (Exception e) when (e is HttpRequestException or IOException)
            {
                // The daemon was killed: this is what the test is about.
                await Task.Delay(Pause, TimeProvider.System, stop);
            }
        }
    }

    private static async Task<List<(long Seq, string? Text)>> PollAsync(ApiSandbox api, string id, CancellationToken stop)
    {
        using var http = Client(api);
        var seen = new List<(long Seq, string? Text)>();
        for (long since = 0; ;)
        {
            try
            {
                var page = JsonNode.Parse(await http.GetStringAsync($"/api/sessions/{id}/events?since_seq={since}&wait=5&limit=20", stop))!;
                foreach (var happened in page["events"]!.AsArray())
                {
                    if (Take(happened!, "seq", seen))
                    {
                        return seen;
                    }
                }

                since = (long)page["next_seq"]!;
            }
            catch (HttpRequestException)
            {
                await Task.Delay(Pause, TimeProvider.System, stop);
            }
        }
    }

    // True for the last one that is pushed.
    private static bool Take(JsonNode happened, string number, List<(long Seq, string? Text)> seen)
    {
        var text = (string)happened["type"]! == "output" ? (string?)happened["data"]!["text"] : null;
        seen.Add(((long)happened[number]!, text));
        return text == "the end";
    }

    private static HttpClient Client(ApiSandbox api)
    {
        var http = new HttpClient { BaseAddress = new Uri(api.Address), Timeout = Patience.Ample };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", api.Token);
        return http;
    }
}
