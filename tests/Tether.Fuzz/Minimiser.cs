namespace Tether.Fuzz;

/// <summary>Takes away steps, then bytes, as long as the failure is still of the same kind.</summary>
/// <param name="failure">As <see cref="FuzzCheck.Failure"/>: null, or a kind, a colon, and the rest.</param>
public sealed class Minimiser(Func<FuzzCase, string?> failure)
{
    /// <param name="failing">A case that fails.</param>
    public FuzzCase Minimise(FuzzCase failing)
    {
        string kind = Kind(failure(failing));
        bool Fails(IReadOnlyList<FuzzStep> steps) => Kind(failure(failing with { Steps = steps })) == kind;

        List<FuzzStep> steps = Shrink(failing.Steps, Fails);
        for (int i = 0; i < steps.Count; i++)
        {
            if (steps[i].Bytes is { } bytes)
            {
                int at = i;
                steps[i] = new FuzzStep([.. Shrink(bytes, fewer => Fails([.. steps[..at], new FuzzStep([.. fewer]), .. steps[(at + 1)..]]))]);
            }
        }

        return failing with { Steps = steps };
    }

    private static string Kind(string? description) => description?.Split(':')[0] ?? "";

    private static List<T> Shrink<T>(IReadOnlyList<T> items, Func<IReadOnlyList<T>, bool> fails)
    {
        List<T> left = [.. items];
        for (int size = Math.Max(1, left.Count / 2); size > 0; size = size == 1 ? 0 : size / 2)
        {
            bool again = true;
            while (again)
            {
                again = false;
                for (int at = 0; at < left.Count;)
                {
                    List<T> fewer = [.. left[..at], .. left[Math.Min(left.Count, at + size)..]];
                    if (fails(fewer))
                    {
                        left = fewer;
                        again = size == 1;
                    }
                    else
                    {
                        at += size;
                    }
                }
            }
        }

        return left;
    }
}
