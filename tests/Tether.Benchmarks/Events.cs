using System.Diagnostics;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;
using Tether.Daemon.Events;
using Tether.Daemon.Server.Api;
using Tether.Daemon.Server.Api.Events;
using EventLog = Tether.Daemon.Events.EventLog;

/// <summary>
/// The event log with many long sessions: how long the fill took and how large the file is, then what pages, polls and appends take, first with nothing
/// of the file in memory, and what streams of one flooding session cost it.
/// </summary>
internal static class Events
{
    private const int Round = 50;
    private const int Samples = 500;
    private const int Streams = 200;
    private const int Flood = 20_000;

    private static readonly HashSet<string> Polled = [EventTypes.UserInput, EventTypes.PermissionResolved];

    public static void Report(int sessions, int events, string directory)
    {
        string path = Path.Combine(directory, "events.db");
        Fill(path, sessions, events);
        Read(path, sessions, events);
        Stream(path);
    }

    private static EventLog Open(string path) => new(path, OldEvents.None, int.MaxValue, NullLogger.Instance, TimeProvider.System);

    private static string Name(int session) => $"s{session:d7}";

    // Sessions take turns, as they do when all of them are at work.
    private static void Fill(string path, int sessions, int events)
    {
        using EventLog log = Open(path);
        long start = Stopwatch.GetTimestamp();
        int from = (int)log.LastSeq(Name(sessions - 1));
        for (int done = from; done < events; done += Round)
        {
            Task last = Task.CompletedTask;
            for (int session = 0; session < sessions; session++)
            {
                for (int i = done; i < Math.Min(done + Round, events); i++)
                {
                    string type = i % 200 == 199 ? EventTypes.UserInput : i % 20 == 19 ? EventTypes.SessionState : EventTypes.Output;
                    last = log.AppendAsync(Name(session), type, Encoding.UTF8.GetBytes($$"""{"text":"line {{i}} of what an agent says when it works","kind":"step","final":false,"stream":"combined"}"""));
                }
            }

            last.GetAwaiter().GetResult();
        }

        double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        long count = (long)sessions * (events - from);
        Console.WriteLine($"{sessions:N0} sessions of {events:N0} events: {new FileInfo(path).Length / 1e9:F2} GB; {count:N0} appended in {seconds:F0} s, {count / Math.Max(seconds, 0.001):N0} a second");
    }

    private static void Read(string path, int sessions, int events)
    {
        long start = Stopwatch.GetTimestamp();
        using EventLog log = Open(path);
        _ = log.LastId;
        Console.WriteLine($"{"open",-44} {Stopwatch.GetElapsedTime(start).TotalMilliseconds,8:F1} ms");
        var random = new Random(1);
        for (int round = 0; round < 2; round++)
        {
            string how = round == 0 ? DropCache(path) ? "cold " : "first " : "warm ";
            Measure(how + "page of 500 events anywhere", () => log.Read(Name(random.Next(sessions)), random.Next(Math.Max(1, events - 500)), null, 500).Events.Count);
            Measure(how + "poll behind the last 10", () => log.Read(Name(random.Next(sessions)), events - 10, null, 500).Events.Count);
            Measure(how + "poll for what was said since 0", () => log.Read(Name(random.Next(sessions)), 0, Polled, 100).Events.Count);
            Measure(how + "poll with nothing new", () => log.Read(Name(random.Next(sessions)), long.MaxValue - 1, null, 500).Events.Count);
            Measure(how + "page of 500 events of all", () => log.ReadAll(random.NextInt64((long)sessions * events), null, 500).Events.Count);
        }

        Measure("append", () => (int)log.AppendAsync(Name(random.Next(sessions)), EventTypes.Output, "{\"text\":\"x\"}"u8.ToArray()).GetAwaiter().GetResult().Seq);
        Measure("poll behind the last, from memory", () => log.Read(Name(random.Next(sessions)), events - 1, null, 500).Events.Count);
    }

    private static void Stream(string path)
    {
        using EventLog log = Open(path);
        var (alone, aloneCost) = Rate(log, "alone");
        using var stop = new CancellationTokenSource();
        Task[] streams = [.. Enumerable.Range(0, Streams).Select(_ => Task.Run(() => Follow(log, stop.Token)))];
        var (watched, watchedCost) = Rate(log, "watched");
        stop.Cancel();
        Task.WaitAll(streams);
        Console.WriteLine(
            $"{Streams} streams on a flooding session: {alone:N0} appends a second alone ({aloneCost:F0} µs of processor time each), {watched:N0} watched ({watchedCost:F0} µs), ratio {watched / alone:F2}");
    }

    private static (double PerSecond, double Microseconds) Rate(EventLog log, string name)
    {
        long start = Stopwatch.GetTimestamp();
        TimeSpan used = Environment.CpuUsage.TotalTime;
        for (int i = 0; i < Flood; i++)
        {
            log.AppendAsync("flooding", EventTypes.Output, Encoding.UTF8.GetBytes($$"""{"text":"{{name}} {{i}}"}""")).GetAwaiter().GetResult();
        }

        return (Flood / Stopwatch.GetElapsedTime(start).TotalSeconds, (Environment.CpuUsage.TotalTime - used).TotalMicroseconds / Flood);
    }

    private static Task Follow(EventLog log, CancellationToken stop)
    {
        var route = new ApiRoute { Method = "GET", Path = "/", Scope = ApiScope.Observe, Summary = "", Group = "", Content = "text/event-stream", Handle = _ => Task.CompletedTask };
        var context = new DefaultHttpContext { RequestAborted = stop };
        var call = new ApiCall(context, route, new Dictionary<string, string>(), new ApiCaller("bench", ApiScope.Observe, null, 0));
        return new EventStream(log, TimeProvider.System, call, "flooding", null).RunAsync(log.LastSeq("flooding"));
    }

    // dd's way to have the kernel forget what it has of one file.
    private static bool DropCache(string path)
    {
        using Process? dd = Process.Start(new ProcessStartInfo("dd", [$"if={path}", "iflag=nocache", "count=0", "status=none"]));
        dd?.WaitForExit();
        return dd?.ExitCode == 0;
    }

    private static void Measure(string name, Func<int> run)
    {
        double[] times = new double[Samples];
        int most = 0;
        for (int i = 0; i < Samples; i++)
        {
            long start = Stopwatch.GetTimestamp();
            most = Math.Max(most, run());
            times[i] = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        }

        Array.Sort(times);
        Console.WriteLine($"{name,-44} {times[Samples / 2],8:F2} ms median {times[Samples * 99 / 100],8:F2} ms p99 {times[^1],8:F2} ms worst");
    }
}
