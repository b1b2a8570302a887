using System.Buffers;
using System.Text.Json;
using Tether.Protocol.Terminal;

namespace Tether.Vt;

/// <summary>Feeds a case to a new emulator and keeps what it answered.</summary>
internal sealed class CaseRunner : ITerminalListener
{
    // xterm's colours, which is what conformance suites expect of an unconfigured terminal.
    private static readonly TerminalOptions Options = new() { Foreground = 0x000000, Background = 0xffffff, Cursor = 0x000000 };

    private readonly List<byte> _answers = [];
    private int _pieces;

    private CaseRunner(Case test)
    {
        Case = test;
        Terminal = new TerminalEmulator(Options with { Columns = test.Columns, Rows = test.Rows, ScrollbackRows = test.Scrollback }, this);
    }

    public Case Case { get; }

    public TerminalEmulator Terminal { get; }

    public byte[] Answers => [.. _answers];

    public int Bells { get; private set; }

    /// <param name="test">The case.</param>
    /// <param name="pieces">Bytes fed at a time; 0 for as the case says.</param>
    public static CaseRunner Run(Case test, int pieces = 0)
    {
        var runner = new CaseRunner(test) { _pieces = pieces > 0 ? pieces : test.Chunk };
        if (!test.HasSteps)
        {
            runner.Feed(test.Input);
        }

        foreach (JsonElement step in test.Steps)
        {
            switch (step[0].GetString())
            {
                case "w":
                    runner.Feed(Convert.FromBase64String(step[1].GetString()!));
                    break;
                case "r":
                    runner.Terminal.Resize(step[1].GetInt32(), step[2].GetInt32());
                    break;
            }
        }

        return runner;
    }

    /// <summary>A new terminal of the same size that was fed what <paramref name="write"/> writes.</summary>
    public static CaseRunner Restore(CaseRunner original, Action<IBufferWriter<byte>> write)
    {
        var output = new ArrayBufferWriter<byte>();
        write(output);
        var runner = new CaseRunner(original.Case);
        runner.Terminal.Resize(original.Terminal.Columns, original.Terminal.Rows);
        runner.Terminal.Feed(output.WrittenSpan);
        return runner;
    }

    public void Answer(ReadOnlySpan<byte> answer) => _answers.AddRange(answer);

    public void Hide(long start, long end)
    {
    }

    public void Raise(TerminalEvent terminalEvent) => Bells += terminalEvent is TerminalEvent.Bell ? 1 : 0;

    private void Feed(byte[] bytes)
    {
        int chunk = _pieces > 0 ? _pieces : Math.Max(1, bytes.Length);
        for (int i = 0; i < bytes.Length; i += chunk)
        {
            Terminal.Feed(bytes.AsSpan(i, Math.Min(chunk, bytes.Length - i)));
        }
    }
}
