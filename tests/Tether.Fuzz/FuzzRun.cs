namespace Tether.Fuzz;

/// <summary>Checks cases, and writes down, as small as they can be made, those that fail.</summary>
/// <param name="generator">Where cases come from.</param>
/// <param name="folder">Where the failing ones go.</param>
internal sealed class FuzzRun(CaseGenerator generator, string folder)
{
    public const int MaxFailures = 20;

    private readonly FuzzCheck _check = new(isTimed: true);
    private readonly MemoryWatch _memory = new();

    public int Cases { get; private set; }

    public long Bytes { get; private set; }

    public int Failures { get; private set; }

    public long Growth { get; private set; }

    public void Check(IEnumerable<FuzzCase> cases)
    {
        foreach (FuzzCase fuzzCase in cases)
        {
            Check(fuzzCase);
        }
    }

    public void Round(int count)
    {
        for (int i = 0; i < count && Failures < MaxFailures; i++)
        {
            Check(generator.Next());
        }

        Growth = _memory.Growth(out bool isTooMuch);
        if (isTooMuch)
        {
            Failures++;
            Console.WriteLine($"FAILED memory: {Growth >> 20} MiB more than at the start");
        }
    }

    private void Check(FuzzCase fuzzCase)
    {
        Cases++;
        Bytes += fuzzCase.Steps.Sum(step => step.Bytes?.Length ?? 0);
        _memory.Feed(fuzzCase);
        // Something else may have had the processor: only what is slow twice is slow.
        if (_check.Failure(fuzzCase) is null || _check.Failure(fuzzCase) is null)
        {
            return;
        }

        Failures++;
        FuzzCase smallest = new Minimiser(_check.Failure).Minimise(fuzzCase);
        Directory.CreateDirectory(folder);
        string file = Path.Combine(folder, $"{fuzzCase.Name}.jsonl");
        File.WriteAllText(file, smallest.ToJson() + "\n");
        Console.WriteLine($"FAILED {fuzzCase.Name}, {smallest.Columns}x{smallest.Rows}: {_check.Failure(smallest)}");
        foreach (FuzzStep step in smallest.Steps)
        {
            Console.WriteLine(step.Bytes is { } bytes ? $"  feed {string.Concat(bytes.Select(Shown))}" : $"  resize {step.Columns}x{step.Rows}");
        }

        Console.WriteLine($"  {file}");
    }

    private static string Shown(byte b) => b is >= 0x20 and < 0x7F ? ((char)b).ToString() : b == 0x1B ? "\\e" : $"\\x{b:x2}";
}
