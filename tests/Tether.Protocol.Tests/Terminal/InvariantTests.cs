using System.Buffers;
using System.Text;
using Tether.Protocol.Terminal;
using Tether.Protocol.Terminal.Screens;
using Tether.Protocol.Terminal.Snapshots;
using Tether.Testing.Terminal;
using Xunit;

namespace Tether.Protocol.Tests.Terminal;

/// <summary>What must hold for any input.</summary>
public sealed class InvariantTests
{
    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 400)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Any_split_of_the_bytes_gives_the_same_state_answers_and_hidden_spans(int seed)
    {
        byte[] bytes = new StreamGenerator(seed, isHostile: true).Next(150);
        TestTerminal whole = TestTerminal.Of(40, 12).Feed(bytes);
        foreach (int size in new[] { 1, 2, 3, 7, 64 })
        {
            var pieces = TestTerminal.Of(40, 12);
            for (int i = 0; i < bytes.Length; i += size)
            {
                pieces.Feed(bytes.AsSpan(i, Math.Min(size, bytes.Length - i)));
            }

            Assert.Equal(StateText.Of(whole.Emulator, 1000), StateText.Of(pieces.Emulator, 1000));
            Assert.Equal(whole.Answers, pieces.Answers);
            Assert.Equal(whole.HiddenSpans, pieces.HiddenSpans);
            Assert.Equal(whole.Emulator.SafePosition, pieces.Emulator.SafePosition);
        }
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void A_snapshot_fed_to_a_new_emulator_gives_the_same_state(int seed)
    {
        var original = TestTerminal.Of(60, 14);
        original.Feed(new StreamGenerator(seed).Next(120));
        TerminalEmulator copy = Copy(original.Emulator, new SnapshotOptions { ScrollbackRows = 1000 });
        Assert.Equal(StateText.Of(original.Emulator, 1000), StateText.Of(copy, 1000));
        Assert.Equal(StateText.Registers(original.Emulator), StateText.Registers(copy));
        Assert.Equal(original.Emulator.ScrollbackCount, copy.ScrollbackCount);
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void A_repaint_gives_the_same_screen_whatever_was_shown_before(int seed)
    {
        var original = TestTerminal.Of(60, 14);
        original.Feed(new StreamGenerator(seed).Next(120));
        var viewer = TestTerminal.Of(60, 14);
        viewer.Feed("\e[?1049h\e[1;31mold\e[2;5r\e[?6h\e[?69h\e[3;9s\e(0\e[>3u");
        var repaint = new ArrayBufferWriter<byte>();
        SnapshotWriter.Write(original.Emulator, repaint, new SnapshotOptions { ClearScreen = true });
        viewer.Feed(repaint.WrittenSpan);
        Assert.Equal(original.Lines, viewer.Lines);
        Assert.Equal(original.Cursor, viewer.Cursor);
        Assert.Equal(original.Emulator.Modes.KittyFlags, viewer.Emulator.Modes.KittyFlags);
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void A_replica_gets_the_same_state_whatever_it_was_before(int seed)
    {
        var original = TestTerminal.Of(60, 14).Feed(new StreamGenerator(seed).Next(120));
        var replica = TestTerminal.Of(60, 14).Feed(new StreamGenerator(seed + 1000).Next(120)).Feed("\x18");
        replica.Feed(Snapshot(original.Emulator, new SnapshotOptions { ScrollbackRows = 1000, IsReplica = true }));
        Assert.Equal(WithoutTitle(original), WithoutTitle(replica));
        Assert.Equal(StateText.Registers(original.Emulator), StateText.Registers(replica.Emulator));
        Assert.Equal(original.Emulator.ScrollbackCount, replica.Emulator.ScrollbackCount);

        static string[] WithoutTitle(TestTerminal terminal) =>
            [.. StateText.Of(terminal.Emulator, 1000).Split('\n').Where(line => !line.StartsWith("title ", StringComparison.Ordinal))];
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void A_snapshot_goes_on_where_the_sequence_was_cut(int seed)
    {
        byte[] bytes = new StreamGenerator(seed).Next(60);
        int cuts = 0;
        int compared = 0;
        for (int cut = 1; cut < bytes.Length; cut += 7)
        {
            TestTerminal original = TestTerminal.Of(30, 8).Feed(bytes.AsSpan(0, cut));
            byte[] snapshot = Snapshot(original.Emulator, new SnapshotOptions { ScrollbackRows = 1000 });
            TestTerminal copy = TestTerminal.Of(30, 8).Feed(snapshot);
            bool isAllKnown = Waiting(original.Emulator.Screen) == Waiting(copy.Emulator.Screen);
            copy.Feed(bytes.AsSpan((int)original.Emulator.SafePosition));
            original.Feed(bytes.AsSpan(cut));

            // There are places where a character cannot be printed once more.
            cuts++;
            if (isAllKnown)
            {
                compared++;
                Assert.Equal(StateText.Of(original.Emulator, 1000), StateText.Of(copy.Emulator, 1000));
            }
        }

        Assert.True(compared > cuts / 5, $"{compared} of {cuts}");
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Hostile_bytes_neither_throw_nor_take_long(int seed)
    {
        var terminal = TestTerminal.Of(132, 50, scrollback: 200);
        var generator = new StreamGenerator(seed, isHostile: true);
        for (int i = 0; i < 20; i++)
        {
            byte[] bytes = generator.Next(50);
            TimeSpan begun = ThreadTime.Used;
            terminal.Feed(bytes);
            terminal.Emulator.Resize(2 + (i * 37 % 150), 1 + (i * 13 % 60));
            TimeSpan used = ThreadTime.Used - begun;
            Assert.True(used < TimeSpan.FromSeconds(1), $"{used} for {bytes.Length} bytes");
        }
    }

    [Theory]
    [InlineData("\e[{0}X")]
    [InlineData("\e[{0}@")]
    [InlineData("\e[{0}P")]
    [InlineData("\e[{0}L")]
    [InlineData("\e[{0}M")]
    [InlineData("\e[{0}S")]
    [InlineData("\e[{0}T")]
    [InlineData("\e[{0}I")]
    [InlineData("\e[{0}Z")]
    [InlineData("x\e[{0}b")]
    [InlineData("\e[{0}'}}")]
    [InlineData("\e[{0}'~")]
    [InlineData("\e[{0} @")]
    [InlineData("\e[1;1;{0};{0}$z")]
    [InlineData("\e[65;1;1;{0};{0}$x")]
    [InlineData("\e[1;1;{0};{0};1;2;2;1$v")]
    [InlineData("\e[?45h\e[{0}D")]
    public void No_count_costs_more_than_the_screen(string form)
    {
        var terminal = TestTerminal.Of(200, 60);
        byte[] bytes = Encoding.ASCII.GetBytes(string.Format(null, CompositeFormat.Parse(form), "2147483647"));
        terminal.Feed(bytes);
        TimeSpan begun = ThreadTime.Used;
        for (int i = 0; i < 10; i++)
        {
            terminal.Feed(bytes);
        }

        TimeSpan used = ThreadTime.Used - begun;
        Assert.True(used < TimeSpan.FromMilliseconds(500), $"{used} for ten");
    }

    private static (ulong Last, int Cluster, bool Primary, bool Alternate) Waiting(Screen screen) =>
        (screen.LastPrinted, screen.ClusterState, screen.SavedOf(alternate: false).PendingWrap, screen.SavedOf(alternate: true).PendingWrap);

    private static TerminalEmulator Copy(TerminalEmulator original, SnapshotOptions options)
    {
        var copy = new TerminalEmulator(original.Options with { Columns = original.Columns, Rows = original.Rows });
        copy.Feed(Snapshot(original, options));
        return copy;
    }

    private static byte[] Snapshot(TerminalEmulator original, SnapshotOptions options)
    {
        var output = new ArrayBufferWriter<byte>();
        SnapshotWriter.Write(original, output, options);
        return output.WrittenSpan.ToArray();
    }
}
