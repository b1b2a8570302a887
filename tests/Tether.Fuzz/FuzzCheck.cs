using System.Buffers;
using System.Diagnostics;
using Tether.Protocol.Terminal;
using Tether.Protocol.Terminal.Snapshots;
using Tether.Testing.Terminal;

namespace Tether.Fuzz;

/// <summary>Everything that must hold for one case.</summary>
/// <param name="isTimed">True if a step that takes far longer than its bytes can explain is a failure.</param>
public sealed class FuzzCheck(bool isTimed)
{
    private const int AllRows = 100_000;

    /// <summary>Null if all holds, else a kind of failure, a colon, and what differed.</summary>
    public string? Failure(FuzzCase fuzzCase)
    {
        try
        {
            TestTerminal whole = New(fuzzCase);
            return Play(fuzzCase, whole) ?? Split(fuzzCase, whole, new Random(1)) ?? Split(fuzzCase, whole, null);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            return $"{e.GetType().Name}: {e.Message}\n{e.StackTrace}";
        }
    }

    private static TestTerminal New(FuzzCase fuzzCase) => TestTerminal.Of(fuzzCase.Columns, fuzzCase.Rows, fuzzCase.ScrollbackRows);

    private string? Play(FuzzCase fuzzCase, TestTerminal terminal)
    {
        foreach (FuzzStep step in fuzzCase.Steps)
        {
            var watch = Stopwatch.StartNew();
            string before = terminal.Emulator.IsAlternateScreen ? "" : Letters(terminal.Emulator);
            bool mayLose = step.Bytes is not null || RowsAfter(terminal.Emulator, step) > fuzzCase.ScrollbackRows;
            Do(terminal, step);
            if (isTimed && watch.Elapsed > Budget(terminal.Emulator, step))
            {
                return $"slow: {watch.ElapsedMilliseconds} ms";
            }

            string? failure = ScreenInvariants.Violation(terminal.Emulator) is { } violation ? $"invariant: {violation}"
                : ScreenInvariants.IsCursorOutOfReach(terminal.Emulator) ? null
                : Restored(terminal.Emulator);
            if (failure is not null)
            {
                return failure;
            }

            if (!mayLose && step.Columns > 1 && !terminal.Emulator.IsAlternateScreen && Letters(terminal.Emulator) is { } after && !before.StartsWith(after, StringComparison.Ordinal))
            {
                return $"resize: text changed\n  before {before}\n  after  {after}";
            }
        }

        return null;
    }

    // At most: each row may end early for a wide character.
    private static int RowsAfter(TerminalEmulator terminal, FuzzStep step) =>
        (terminal.ScrollbackCount + terminal.Rows) * ((terminal.Columns / Math.Max(1, step.Columns - 1)) + 2);

    private static void Do(TestTerminal terminal, FuzzStep step)
    {
        if (step.Bytes is { } bytes)
        {
            terminal.Feed(bytes);
        }
        else
        {
            terminal.Emulator.Resize(step.Columns, step.Rows);
        }
    }

    // Ten times what the slowest sequences need: each may touch every cell, and none is shorter than three bytes.
    private static TimeSpan Budget(TerminalEmulator terminal, FuzzStep step) =>
        TimeSpan.FromMilliseconds(1000 + ((step.Bytes?.Length ?? terminal.ScrollbackCount) * (terminal.Rows * terminal.Columns / 20_000.0)));

    /// <param name="fuzzCase">The case.</param>
    /// <param name="whole">The terminal that took it whole.</param>
    /// <param name="random">Cuts the bytes; null for one byte at a time.</param>
    private static string? Split(FuzzCase fuzzCase, TestTerminal whole, Random? random)
    {
        TestTerminal pieces = New(fuzzCase);
        foreach (FuzzStep step in fuzzCase.Steps)
        {
            if (step.Bytes is null)
            {
                Do(pieces, step);
                continue;
            }

            for (ReadOnlySpan<byte> rest = step.Bytes; rest.Length > 0;)
            {
                int size = Math.Min(rest.Length, random?.Next(1, 20) ?? 1);
                pieces.Feed(rest[..size]);
                rest = rest[size..];
            }
        }

        return Difference("split", StateText.Of(whole.Emulator, AllRows), StateText.Of(pieces.Emulator, AllRows))
            ?? Difference("split answers", string.Join('\n', whole.Answers), string.Join('\n', pieces.Answers))
            ?? Difference("split hidden", string.Join('\n', whole.HiddenSpans), string.Join('\n', pieces.HiddenSpans))
            ?? Difference("split position", $"{whole.Emulator.SafePosition}", $"{pieces.Emulator.SafePosition}");
    }

    private static string? Restored(TerminalEmulator original)
    {
        foreach (bool clear in new[] { false, true })
        {
            int rows = clear ? 0 : original.ScrollbackCount;
            var output = new ArrayBufferWriter<byte>();
            SnapshotWriter.Write(original, output, new SnapshotOptions { ScrollbackRows = rows, ClearScreen = clear });
            var copy = new TerminalEmulator(original.Options with { Columns = original.Columns, Rows = original.Rows });
            copy.Feed(output.WrittenSpan);
            string? failure = Difference(clear ? "repaint" : "snapshot", StateText.Of(original, rows), StateText.Of(copy, rows));
            if (failure is not null)
            {
                return failure;
            }
        }

        return null;
    }

    private static string? Difference(string kind, string wanted, string found)
    {
        if (wanted == found)
        {
            return null;
        }

        string[] left = wanted.Split('\n');
        string[] right = found.Split('\n');
        int at = Enumerable.Range(0, Math.Max(left.Length, right.Length)).First(i => left.ElementAtOrDefault(i) != right.ElementAtOrDefault(i));
        return $"{kind}:\n  want {left.ElementAtOrDefault(at)}\n  got  {right.ElementAtOrDefault(at)}";
    }

    /// <summary>What is written on the primary screen and above it, without blanks and line ends.</summary>
    private static string Letters(TerminalEmulator terminal)
    {
        var rows = Enumerable.Range(-terminal.ScrollbackCount, terminal.ScrollbackCount + terminal.Rows).Select(row => terminal.GetText(terminal.RowAt(terminal.TopRow + row)));
        return string.Concat(rows).Replace(" ", "", StringComparison.Ordinal);
    }
}
