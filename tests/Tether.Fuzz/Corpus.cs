using Tether.Testing.Terminal;

namespace Tether.Fuzz;

/// <summary>Streams that mutations begin with: tests/recordings, and files of cases or of bytes.</summary>
public static class Corpus
{
    public static IReadOnlyList<byte[]> Recordings =>
        [.. Directory.EnumerateFiles(Repository.Path("tests/recordings"), "*.raw").Order().Select(File.ReadAllBytes)];

    /// <summary>The cases of a .jsonl file; any other file is one case, its bytes.</summary>
    public static IEnumerable<FuzzCase> Load(string file)
    {
        if (!file.EndsWith(".jsonl", StringComparison.Ordinal))
        {
            return [new FuzzCase(Path.GetFileName(file), 80, 24, 1000, [new FuzzStep(File.ReadAllBytes(file))])];
        }

        return File.ReadLines(file).Where(line => line.Length > 0).Select(FuzzCase.Parse).Where(fuzzCase => fuzzCase.Steps.Count > 0);
    }
}
