using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json.Nodes;
using Tether.Testing;

/// <summary>
/// What a flooding session loses to those who watch it, with the real daemon: a program that prints as fast as it can, and an agent that pushes events one behind
/// the other, each alone and with clients that read everything they get; then what clients that read nothing cost the daemon's memory.
/// Rounds alternate, so that a noisy machine meets all conditions alike.
/// </summary>
internal sealed class Watchers : IAsyncDisposable
{
    private const int Rounds = 20;
    private const int Pushes = 1_000;
    private const int Steady = 500;
    private const int Columns = 120;
    private const int Rows = 40;

    private static readonly TimeSpan Settled = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(2);

    private readonly Sandbox _sandbox;
    private readonly int _port;
    private readonly string _token;
    private readonly string _corpus;
    private readonly HttpClient _http;
    private readonly int _daemon;
    private string _flood = "";
    private int _program;

    private Watchers(Sandbox sandbox, int daemon, int port, string corpus)
    {
        (_sandbox, _daemon, _port, _corpus) = (sandbox, daemon, port, corpus);
        _token = File.ReadAllText(Path.Combine(sandbox.Paths.DataDirectory, "token")).Trim();
        _http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}"), Timeout = TimeSpan.FromMinutes(5) };
        _http.DefaultRequestHeaders.Authorization = new("Bearer", _token);
    }

    /// <param name="streams">Clients of the event stream.</param>
    /// <param name="viewers">Clients of the screen.</param>
    /// <param name="corpus">A file that the program prints.</param>
    public static async Task Report(int streams, int viewers, string corpus)
    {
        await using Watchers watchers = await Start(corpus);
        (string Name, int Streams, int Viewers)[] conditions =
            [("nobody", 0, 0), ($"{streams} streams", streams, 0), ($"{viewers} viewers", 0, viewers), ("all of them", streams, viewers)];
        await watchers.Flood();
        double[][] prints = await watchers.Measure(conditions, watchers.Print);
        await watchers._sandbox.Do("stop", watchers._flood);
        Tell("a program that prints", "MB/s", prints, conditions);
        double[][] steady = await watchers.Measure(conditions, (streams, viewers) => watchers.Push(streams, viewers, Steady));
        Tell($"an agent that pushes {Steady} events a second", "events/s", steady, conditions);
        double[][] pushes = await watchers.Measure(conditions, (streams, viewers) => watchers.Push(streams, viewers, double.PositiveInfinity));
        Tell("an agent that pushes as fast as it can (clients and all on the same processors)", "events/s", pushes, conditions);
        await watchers.Stall(streams, viewers);
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _sandbox.DisposeAsync();
    }

    private static async Task<Watchers> Start(string corpus)
    {
        var sandbox = new Sandbox();
        sandbox.Unset("TETHER_HTTP");
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        int port = ((IPEndPoint)listener.LocalEndpoint).Port;
        listener.Stop();
        sandbox.WriteConfig($"TETHER_AGENT_PORT={port}\nTETHER_AGENT_RATE=0\n");
        await sandbox.Do("start");
        return new Watchers(sandbox, (await sandbox.Status()).ProcessId, port, Path.GetFullPath(corpus));
    }

    private static void Tell(string what, string unit, double[][] rounds, (string Name, int, int)[] conditions)
    {
        Console.WriteLine(what);
        for (int i = 0; i < conditions.Length; i++)
        {
            double[] rates = [.. rounds.Select(round => round[i]).Order()];
            double[] ratios = [.. rounds.Select(round => round[i] / round[0]).Order()];
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"  watched by {conditions[i].Name,-14} {rates[rates.Length / 2],10:F1} {unit,-9} ratio {ratios[ratios.Length / 2]:F3} ({ratios[0]:F3} to {ratios[^1]:F3})"));
        }
    }

    private async Task Flood()
    {
        _flood = await _sandbox.Detached("flood", Columns, Rows, "sh", "-c", $"exec yes \"$(head -c 100000 {_corpus} | tr -d '\\0')\"");
        _program = await _sandbox.ProcessOf(_flood);
    }

    private long Written() => long.Parse(File.ReadLines($"/proc/{_program}/io").First(line => line.StartsWith("wchar:", StringComparison.Ordinal))[6..], CultureInfo.InvariantCulture);

    private async Task<double[][]> Measure((string Name, int Streams, int Viewers)[] conditions, Func<int, int, Task<double>> run)
    {
        // The first round warms up.
        var rounds = new double[Rounds + 1][];
        for (int round = 0; round < rounds.Length; round++)
        {
            rounds[round] = new double[conditions.Length];
            for (int i = 0; i < conditions.Length; i++)
            {
                // Each condition comes first in turn.
                int at = (i + round) % conditions.Length;
                rounds[round][at] = await run(conditions[at].Streams, conditions[at].Viewers);
            }
        }

        return rounds[1..];
    }

    // One program prints all the time; those who watch come and go, and what it gets rid of meanwhile is counted by the kernel.
    private async Task<double> Print(int streams, int viewers)
    {
        await using var crowd = await Crowd.Gather(_port, _token, _flood, streams, viewers, isReading: true);
        await Task.Delay(Settled, TimeProvider.System);
        var (cpu, own, read) = (DaemonCpu(), Environment.CpuUsage.TotalTime, crowd.Read);
        var (start, written) = (Stopwatch.GetTimestamp(), Written());
        await Task.Delay(Window, TimeProvider.System);
        double rate = (Written() - written) / 1e6 / Stopwatch.GetElapsedTime(start).TotalSeconds;
        Log(streams, viewers, rate, cpu, own, crowd.Read - read, Stopwatch.GetElapsedTime(start).TotalSeconds);
        return rate;
    }

    private async Task<double> Push(int streams, int viewers, double atMost)
    {
        JsonNode made = await Post("/api/sessions", """{"name":"pushing","agent_type":"custom"}""");
        string session = (string)made["id"]!;
        await using var crowd = await Crowd.Gather(_port, _token, session, streams, viewers, isReading: true);
        var (cpu, own) = (DaemonCpu(), Environment.CpuUsage.TotalTime);
        long start = Stopwatch.GetTimestamp();
        for (int i = 0; i < Pushes; i++)
        {
            TimeSpan early = TimeSpan.FromSeconds(i / atMost) - Stopwatch.GetElapsedTime(start);
            if (early > TimeSpan.Zero)
            {
                await Task.Delay(early, TimeProvider.System);
            }

            await Post($"/api/sessions/{session}/events", $$$"""{"type":"output","data":{"text":"step {{{i}}} of what an agent says when it works\n"}}""");
        }

        double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        Log(streams, viewers, Pushes / seconds, cpu, own, crowd.Read, seconds);
        await _sandbox.Do("stop", session);
        return Pushes / seconds;
    }

    private void Log(int streams, int viewers, double rate, double cpu, TimeSpan own, long read, double seconds) => Console.Error.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $"    {streams,3} {viewers,3}: {rate:F1}; processor time: daemon {(DaemonCpu() - cpu) / seconds:P0}, clients {(Environment.CpuUsage.TotalTime - own).TotalSeconds / seconds:P0}; read {read / seconds / 1e6:F1} MB/s"));

    // The memory of clients that came and read nothing: once what they can hold is full, it stays as it is.
    private async Task Stall(int streams, int viewers)
    {
        Console.WriteLine($"memory with {streams} streams and {viewers} viewers that read nothing (MB resident, of the daemon)");
        JsonNode made = await Post("/api/sessions", """{"name":"stalled","agent_type":"custom"}""");
        string pushed = (string)made["id"]!;
        string printed = await _sandbox.Detached("flood", Columns, Rows, "sh", "-c", $"while :; do cat {_corpus}; done");
        await PushFor(pushed, TimeSpan.FromSeconds(20));
        Console.WriteLine($"  before they come          {Resident(),8:F1}");
        await using var onEvents = await Crowd.Gather(_port, _token, pushed, streams, 0, isReading: false);
        await using var onScreen = await Crowd.Gather(_port, _token, printed, 0, viewers, isReading: false);
        for (int i = 1; i <= 6; i++)
        {
            await PushFor(pushed, TimeSpan.FromSeconds(20));
            Console.WriteLine($"  after {i * 20,3} s of flood      {Resident(),8:F1}");
        }

        await _sandbox.Do("stop", printed);
    }

    private async Task PushFor(string session, TimeSpan time)
    {
        long start = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(start) < time)
        {
            await Post($"/api/sessions/{session}/events", $$$"""{"type":"output","data":{"text":"{{{new string('x', 1000)}}}\n"}}""");
        }
    }

    private async Task<JsonNode> Post(string path, string body)
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        using HttpResponseMessage answer = await _http.PostAsync(path, content);
        string text = await answer.Content.ReadAsStringAsync();
        return answer.IsSuccessStatusCode ? JsonNode.Parse(text)! : throw new InvalidOperationException($"{path}: {(int)answer.StatusCode} {text}");
    }

    private double DaemonCpu()
    {
        string[] fields = File.ReadAllText($"/proc/{_daemon}/stat").Split(") ")[1].Split(' ');
        return (long.Parse(fields[11], CultureInfo.InvariantCulture) + long.Parse(fields[12], CultureInfo.InvariantCulture)) / 100.0;
    }

    private double Resident() => long.Parse(File.ReadAllText($"/proc/{_daemon}/statm").Split(' ')[1], CultureInfo.InvariantCulture) * Environment.SystemPageSize / 1e6;

    /// <summary>Those who watch.</summary>
    private sealed class Crowd : IAsyncDisposable
    {
        private readonly CancellationTokenSource _stop = new();
        private readonly List<IDisposable> _clients = [];
        private readonly List<Task> _readers = [];
        private long _read;

        public long Read => Interlocked.Read(ref _read);

        public static async Task<Crowd> Gather(int port, string token, string session, int streams, int viewers, bool isReading)
        {
            var crowd = new Crowd();
            for (int i = 0; i < streams; i++)
            {
                await crowd.AddStream(port, token, session, isReading);
            }

            for (int i = 0; i < viewers; i++)
            {
                await crowd.AddViewer(port, token, session, isReading);
            }

            return crowd;
        }

        public async ValueTask DisposeAsync()
        {
            await _stop.CancelAsync();
            _clients.ForEach(client => client.Dispose());
            await Task.WhenAll(_readers);
            _stop.Dispose();
        }

        private async Task AddStream(int port, string token, string session, bool isReading)
        {
            var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            _clients.Add(socket);
            await socket.ConnectAsync(IPAddress.Loopback, port);
            await socket.SendAsync(Encoding.ASCII.GetBytes(
                $"GET /api/sessions/{session}/events/stream HTTP/1.1\r\nHost: localhost:{port}\r\nAuthorization: Bearer {token}\r\n\r\n"));
            byte[] buffer = new byte[16 * 1024];
            int count = await socket.ReceiveAsync(buffer);
            if (!Encoding.ASCII.GetString(buffer, 0, count).StartsWith("HTTP/1.1 200", StringComparison.Ordinal))
            {
                throw new InvalidOperationException(Encoding.ASCII.GetString(buffer, 0, count));
            }

            if (isReading)
            {
                _readers.Add(Drain(async () => await socket.ReceiveAsync(buffer, _stop.Token)));
            }
        }

        private async Task AddViewer(int port, string token, string session, bool isReading)
        {
            var socket = new ClientWebSocket();
            _clients.Add(socket);
            socket.Options.AddSubProtocol("tether.v1");
            socket.Options.SetRequestHeader("Authorization", "Bearer " + token);
            await socket.ConnectAsync(new Uri($"ws://127.0.0.1:{port}/v1"), _stop.Token);
            byte[] buffer = new byte[128 * 1024];
            await Say("""{"type":"hello","id":1,"versions":[1],"client":"bench"}""");
            await socket.ReceiveAsync(buffer, _stop.Token);
            await Say($$"""{"type":"attach","id":2,"session":"{{session}}","mode":"observe","columns":{{Columns}},"rows":{{Rows}}}""");
            string reply = Encoding.UTF8.GetString(buffer, 0, (await socket.ReceiveAsync(buffer, _stop.Token)).Count);
            if (!reply.Contains("attached", StringComparison.Ordinal))
            {
                throw new InvalidOperationException($"{reply} {socket.CloseStatus} {socket.CloseStatusDescription}");
            }

            if (isReading)
            {
                _readers.Add(Drain(async () => (await socket.ReceiveAsync(buffer.AsMemory(), _stop.Token)).Count));
            }

            Task Say(string text) => socket.SendAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text, true, _stop.Token);
        }

        private async Task Drain(Func<Task<int>> receive)
        {
            try
            {
                while (await receive() is > 0 and int count)
                {
                    Interlocked.Add(ref _read, count);
                }
            }
            catch (Exception e) when (e is OperationCanceledException or SocketException or WebSocketException or ObjectDisposedException)
            {
                // The measurement is over.
            }
        }
    }
}
