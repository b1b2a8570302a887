using System.Diagnostics;
using System.Globalization;
using Tether.Fuzz;
using Tether.Testing.Terminal;

double minutes = 1;
int seed = Environment.TickCount & 0xFFFFFF;
int cases = 0;
List<string> files = [];
for (int i = 0; i < args.Length; i++)
{
    switch (args[i])
    {
        case "--minutes" when i + 1 < args.Length && double.TryParse(args[i + 1], CultureInfo.InvariantCulture, out minutes):
        case "--seed" when i + 1 < args.Length && int.TryParse(args[i + 1], CultureInfo.InvariantCulture, out seed):
        case "--cases" when i + 1 < args.Length && int.TryParse(args[i + 1], CultureInfo.InvariantCulture, out cases):
            i++;
            break;
        case var file when File.Exists(file):
            files.Add(file);
            break;
        default:
            Console.Error.WriteLine("usage: fuzz [--minutes N] [--seed S] [FILE...]");
            Console.Error.WriteLine("       fuzz --cases N [--seed S] [FILE...]      writes N cases instead, for scripts/vt");
            Console.Error.WriteLine("       Files of cases (.jsonl) or of bytes are checked as they are, then mutated. --minutes 0 only checks them.");
            return 2;
    }
}

List<FuzzCase> given = [.. files.SelectMany(Corpus.Load)];
var generator = new CaseGenerator(seed, [.. Corpus.Recordings, .. given.Select(fuzzCase => fuzzCase.Bytes)]);
if (cases > 0)
{
    Enumerable.Range(0, cases).ToList().ForEach(_ => Console.WriteLine(generator.Next().ToJson()));
    return 0;
}

var run = new FuzzRun(generator, Repository.Path("artifacts/fuzz"));
Console.WriteLine($"seed {seed}, {given.Count} cases given");
run.Check(given);
var watch = Stopwatch.StartNew();
while (watch.Elapsed < TimeSpan.FromMinutes(minutes) && run.Failures < FuzzRun.MaxFailures)
{
    run.Round(1000);
    Console.WriteLine($"{watch.Elapsed:mm\\:ss} {run.Cases} cases, {run.Bytes >> 20} MiB, {run.Failures} failures, {run.Growth >> 10} KiB held");
}

Console.WriteLine($"{run.Cases} cases, {run.Failures} failures");
return run.Failures == 0 ? 0 : 1;
