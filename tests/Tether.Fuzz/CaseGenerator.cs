using System.Text;
using Tether.Testing.Terminal;

namespace Tether.Fuzz;

/// <summary>Random cases from a seed: grammar, pieces of a corpus, mutations of both, huge counts and noise; between them new sizes.</summary>
/// <param name="seed">The same seed and corpus give the same cases.</param>
/// <param name="corpus">Streams to take pieces from; may be empty.</param>
public sealed class CaseGenerator(int seed, IReadOnlyList<byte[]> corpus)
{
    private static readonly int[] Sizes = [1, 2, 3, 4, 5, 8, 10, 20, 40, 80, 81, 132, 200];
    private static readonly string[] Huge = ["65535", "99999", "2147483647", "4294967296", "999999999999999999999"];
    private const string Finals = "@ABCDEFGHIJKLMPSTXZ`abdeghjklmnqrstu";
    private static readonly string[] Fragments =
    [
        "\e[", "\e]", "\eP", "\e_", "\e[?", "\e[38;2;", "\u009b", "\e]8;;", "\u0018", "\u001a", "\e", "\e\\", "\a", "\u200d", "\ufe0f", "\ufe0e", "🇩", "\u0301", "क्", "\u1100", "漢",
    ];

    private Random _random = new(seed);
    private int _count;

    public FuzzCase Next()
    {
        int number = _count++;
        _random = new Random(HashCode(seed, number));
        int columns = Size(200);
        int rows = Size(60);
        List<FuzzStep> steps = [];
        int parts = _random.Next(1, 7);
        for (int i = 0; i < parts; i++)
        {
            steps.Add(new FuzzStep(Part()));
            if (_random.Next(3) == 0)
            {
                steps.Add(new FuzzStep(null, Size(200), Size(60)));
            }
        }

        return new FuzzCase($"fuzz-{seed}-{number}", columns, rows, _random.Next(4) switch { 0 => 0, 1 => 5, 2 => 50, _ => 500 }, steps);
    }

    // Not System.HashCode, which differs from run to run.
    private static int HashCode(int seed, int number) => unchecked((seed * 1_000_003) + (number * 7919));

    private int Size(int limit) => Math.Min(limit, _random.Next(5) == 0 ? _random.Next(1, limit + 1) : Sizes[_random.Next(Sizes.Length)]);

    private byte[] Part()
    {
        byte[] part = _random.Next(8) switch
        {
            0 or 1 => new StreamGenerator(_random.Next(), isHostile: false).Next(_random.Next(1, 60)),
            2 or 3 => new StreamGenerator(_random.Next(), isHostile: true).Next(_random.Next(1, 60)),
            4 or 5 when corpus.Count > 0 => Piece(corpus[_random.Next(corpus.Count)]),
            6 => Counts(),
            _ => Noise(_random.Next(1, 200)),
        };

        int mutations = _random.Next(3) == 0 ? _random.Next(1, 12) : 0;
        for (int i = 0; i < mutations && part.Length > 0; i++)
        {
            part = Mutate(part);
        }

        return part;
    }

    private byte[] Piece(byte[] stream)
    {
        int start = _random.Next(stream.Length + 1);
        return stream[start..Math.Min(stream.Length, start + _random.Next(1, 2000))];
    }

    private byte[] Counts()
    {
        var text = new StringBuilder();
        int count = _random.Next(1, 12);
        for (int i = 0; i < count; i++)
        {
            text.Append(_random.Next(2) == 0 ? "ab漢" : "");
            text.Append("\e[").Append(Huge[_random.Next(Huge.Length)]);
            text.Append(_random.Next(3) == 0 ? $";{Huge[_random.Next(Huge.Length)]}" : "").Append(Finals[_random.Next(Finals.Length)]);
        }

        return Encoding.UTF8.GetBytes(text.ToString());
    }

    private byte[] Noise(int length)
    {
        var noise = new byte[length];
        _random.NextBytes(noise);
        return noise;
    }

    private byte[] Mutate(byte[] part)
    {
        int at = _random.Next(part.Length);
        int length = Math.Min(part.Length - at, _random.Next(1, 20));
        return _random.Next(6) switch
        {
            0 => [.. part[..at], .. part[(at + length)..]],
            1 => [.. part[..(at + length)], .. part[at..]],
            2 => [.. part[..at], (byte)_random.Next(256), .. part[(at + 1)..]],
            3 => [.. part[..at], .. Encoding.UTF8.GetBytes(Fragments[_random.Next(Fragments.Length)]), .. part[at..]],
            4 => [.. part[..at], .. Noise(length), .. part[at..]],
            _ => [.. part[at..], .. part[..at]],
        };
    }
}
