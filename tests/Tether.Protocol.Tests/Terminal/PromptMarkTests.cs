using System.Buffers;
using Tether.Protocol.Terminal;
using Tether.Protocol.Terminal.Snapshots;
using Tether.Testing.Terminal;
using Xunit;

namespace Tether.Protocol.Tests.Terminal;

public sealed class PromptMarkTests
{
    private const string Dialogue = "\e]133;A\a$ \e]133;B\als\r\n\e]133;C\afile\r\n\e]133;D;2\a\e]133;A\a$ \e]133;B\a";

    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 40)];

    [Fact]
    public void They_are_kept_where_the_cursor_was_with_the_exit_code()
    {
        TestTerminal terminal = TestTerminal.Of(20, 5).Feed(Dialogue);
        Assert.Equal(["A 0,0", "B 0,2", "C 1,0", "D 2,0 2", "A 2,0", "B 2,2"], Marks(terminal.Emulator));
    }

    [Fact]
    public void Those_of_VS_Code_are_the_same()
    {
        TestTerminal terminal = TestTerminal.Of(20, 5).Feed("\e]633;A\a$ \e]633;B\a\e]633;E;ls\a\r\n\e]633;C\a\e]633;D\a\e]633;P;Cwd=/\a");
        Assert.Equal(["A 0,0", "B 0,2", "C 1,0", "D 1,0"], Marks(terminal.Emulator));
    }

    [Fact]
    public void They_are_kept_while_a_journal_is_replayed()
    {
        TestTerminal terminal = TestTerminal.Of(20, 5);
        terminal.Emulator.SuppressAnswers = true;
        terminal.Feed(Dialogue);
        Assert.Equal(6, terminal.Emulator.PromptMarks.Count);
        Assert.Empty(terminal.Events);
    }

    [Fact]
    public void They_scroll_with_their_rows_and_drop_from_the_scrollback()
    {
        TestTerminal terminal = TestTerminal.Of(20, 3, scrollback: 4);
        for (int i = 0; i < 500; i++)
        {
            terminal.Feed($"\e]133;A\a{i}> \e]133;B\atrue\r\n\e]133;C\a\e]133;D;{i % 256}\a");
        }

        TerminalEmulator emulator = terminal.Emulator;
        Assert.Equal(498, emulator.TopRow);
        PromptMark[] prompts = [.. emulator.PromptMarks.Where(mark => mark.Kind == PromptMarkKind.Prompt)];
        Assert.Equal([494, 495, 496, 497, 498, 499], prompts.Select(mark => mark.Row));
        Assert.All(prompts, mark => Assert.StartsWith($"{mark.Row}>", terminal.Line(mark.Row), StringComparison.Ordinal));
    }

    [Fact]
    public void The_nearest_prompt_is_found_in_both_directions()
    {
        TestTerminal terminal = TestTerminal.Of(20, 3);
        for (int i = 0; i < 5; i++)
        {
            terminal.Feed("\e]133;A\a$ \e]133;B\a\r\noutput\r\n");
        }

        Assert.Equal(4, terminal.Emulator.PromptBefore(6)?.Row);
        Assert.Equal(6, terminal.Emulator.PromptBefore(7)?.Row);
        Assert.Null(terminal.Emulator.PromptBefore(0));
        Assert.Equal(0, terminal.Emulator.PromptAfter(-1)?.Row);
        Assert.Equal(8, terminal.Emulator.PromptAfter(6)?.Row);
        Assert.Null(terminal.Emulator.PromptAfter(8));
    }

    [Fact]
    public void A_prompt_that_is_drawn_again_is_the_same_prompt()
    {
        TestTerminal terminal = TestTerminal.Of(20, 5).Feed(Dialogue).Feed("\r\e[J\e]133;A\a> \e]133;B\a");
        Assert.Equal(["A 0,0", "B 0,2", "C 1,0", "D 2,0 2", "A 2,0", "B 2,2"], Marks(terminal.Emulator));
    }

    [Fact]
    public void A_shell_that_clears_the_rest_of_the_screen_before_its_prompt_loses_none()
    {
        TestTerminal terminal = TestTerminal.Of(20, 5).Feed("\e]133;D;1\a\e]133;A\a\r\e[0m\e[27m\e[24m\e[J$ \e[K");
        Assert.Equal(["D 0,0 1", "A 0,0"], Marks(terminal.Emulator));
    }

    [Fact]
    public void Editing_the_command_line_does_not_move_where_it_begins()
    {
        TestTerminal terminal = TestTerminal.Of(20, 5).Feed(Dialogue).Feed("abc\b\b\b\e[@x\e[P\r\e[2C\e[2P");
        Assert.Equal("B 2,2", Marks(terminal.Emulator)[^1]);
    }

    [Fact]
    public void Rows_that_are_erased_lose_theirs()
    {
        TestTerminal terminal = TestTerminal.Of(20, 5).Feed(Dialogue).Feed("\e[2;1H\e[J");
        Assert.Equal(["A 0,0", "B 0,2", "C 1,0"], Marks(terminal.Emulator));
        terminal.Feed("\e[H\e[2J");
        Assert.Empty(Marks(terminal.Emulator));
    }

    [Fact]
    public void Erasing_the_scrollback_takes_its_marks_along()
    {
        TestTerminal terminal = TestTerminal.Of(20, 2).Feed(Dialogue).Feed("\e[3J");
        Assert.Equal(1, terminal.Emulator.FirstRow);
        Assert.Equal(["C 0,0", "D 1,0 2", "A 1,0", "B 1,2"], Marks(terminal.Emulator));
    }

    [Fact]
    public void A_deleted_line_takes_its_marks_along_and_others_move_up()
    {
        TestTerminal terminal = TestTerminal.Of(20, 5).Feed(Dialogue).Feed("\e[1;1H\e[M");
        Assert.Equal(["C 0,0", "D 1,0 2", "A 1,0", "B 1,2"], Marks(terminal.Emulator));
    }

    [Fact]
    public void The_alternate_screen_has_none_and_hides_those_beneath_it()
    {
        TestTerminal terminal = TestTerminal.Of(20, 2).Feed(Dialogue).Feed("\e[?1049h\e]133;A\a\e[2J");
        Assert.Equal(["A 0,0", "B 0,2"], Marks(terminal.Emulator));
        terminal.Feed("\e[?1049l");
        Assert.Equal(["A 0,0", "B 0,2", "C 1,0", "D 2,0 2", "A 2,0", "B 2,2"], Marks(terminal.Emulator));
    }

    [Theory]
    [InlineData(7, 5)]
    [InlineData(200, 40)]
    [InlineData(21, 3)]
    public void They_stay_with_their_text_when_it_is_wrapped_anew(int columns, int rows)
    {
        TestTerminal terminal = TestTerminal.Of(40, 6);
        for (int i = 0; i < 20; i++)
        {
            terminal.Feed($"\e]133;A\aprompt {i}> \e]133;B\a{new string('c', i * 4)}\r\n\e]133;C\a{new string('o', i * 9)}\r\n\e]133;D;{i}\a");
        }

        terminal.Emulator.Resize(columns, rows);
        PromptMark[] prompts = [.. terminal.Emulator.PromptMarks.Where(mark => mark.Kind == PromptMarkKind.Prompt)];
        Assert.Equal(20, prompts.Length);
        Assert.All(prompts, mark => Assert.StartsWith("prompt", terminal.Line(mark.Row)[mark.Column..], StringComparison.Ordinal));
        Assert.Equal(Enumerable.Range(0, 20), terminal.Emulator.PromptMarks.Where(mark => mark.Kind == PromptMarkKind.End).Select(mark => mark.ExitCode!.Value));
    }

    [Fact]
    public void A_flood_of_them_keeps_no_more_than_the_rows_have()
    {
        TestTerminal terminal = TestTerminal.Of(20, 3, scrollback: 10);
        for (int i = 0; i < 2000; i++)
        {
            terminal.Feed("\e]133;A\a\e]133;B\a\e]133;C\a\e]133;D\a x\e]133;A\a\n");
        }

        Assert.InRange(terminal.Emulator.PromptMarks.Count, 13, 13 * 4);
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void A_snapshot_that_takes_them_along_gives_the_same_marks(int seed)
    {
        byte[] bytes = WithMarks(seed);
        TestTerminal original = TestTerminal.Of(60, 14).Feed(bytes);
        TerminalEmulator copy = Copy(original.Emulator, marks: true);
        Assert.Equal(StateText.Of(original.Emulator, 1000), StateText.Of(copy, 1000));
        Assert.Equal(Marks(original.Emulator), Marks(copy));
    }

    [Fact]
    public void A_snapshot_for_a_viewer_has_none()
    {
        TestTerminal original = TestTerminal.Of(60, 14).Feed(Dialogue);
        Assert.Empty(Copy(original.Emulator, marks: false).PromptMarks);
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void They_are_in_order_and_on_rows_that_can_be_read_whatever_comes(int seed)
    {
        TestTerminal terminal = TestTerminal.Of(30, 8, scrollback: 20);
        var generator = new StreamGenerator(seed, isHostile: true);
        TerminalEmulator emulator = terminal.Emulator;
        for (int i = 0; i < 80; i++)
        {
            terminal.Feed(generator.Next(6)).Feed($"\e]133;{(char)('A' + (i % 4))}\a");
            if (i % 9 == 8)
            {
                emulator.Resize(5 + (i * 13 % 50), 2 + (i * 5 % 12));
            }

            IReadOnlyList<PromptMark> marks = emulator.PromptMarks;
            Assert.Equal(marks.OrderBy(mark => mark.Row).ThenBy(mark => mark.Column), marks);
            Assert.All(marks, mark => Assert.InRange(mark.Row, emulator.FirstRow, emulator.TopRow + emulator.Rows - 1));
            Assert.All(marks, mark => Assert.InRange(mark.Column, 0, emulator.Columns - 1));
        }
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Any_split_of_the_bytes_gives_the_same_marks(int seed)
    {
        byte[] bytes = WithMarks(seed);
        TestTerminal whole = TestTerminal.Of(60, 14).Feed(bytes);
        TestTerminal pieces = TestTerminal.Of(60, 14);
        foreach (byte[] piece in bytes.Chunk(3))
        {
            pieces.Feed(piece);
        }

        Assert.Equal(Marks(whole.Emulator), Marks(pieces.Emulator));
    }

    private static byte[] WithMarks(int seed)
    {
        var generator = new StreamGenerator(seed);
        var random = new Random(seed);
        var bytes = new List<byte>();
        for (int i = 0; i < 40; i++)
        {
            bytes.AddRange(generator.Next(3));
            string mark = random.Next(5) switch { 0 => "A", 1 => "B", 2 => "C", 3 => "D", _ => $"D;{random.Next(300)}" };
            bytes.AddRange(System.Text.Encoding.ASCII.GetBytes($"\e]133;{mark}\a"));
        }

        return [.. bytes];
    }

    private static TerminalEmulator Copy(TerminalEmulator original, bool marks)
    {
        var output = new ArrayBufferWriter<byte>();
        SnapshotWriter.Write(original, output, new SnapshotOptions { ScrollbackRows = int.MaxValue, PromptMarks = marks });
        var copy = new TerminalEmulator(original.Options with { Columns = original.Columns, Rows = original.Rows });
        copy.Feed(output.WrittenSpan);
        return copy;
    }

    // Rows from the first kept one on: a copy counts its own from 0.
    private static string[] Marks(TerminalEmulator emulator) =>
        [.. emulator.PromptMarks.Select(mark => $"{(char)mark.Kind} {mark.Row - emulator.FirstRow},{mark.Column} {mark.ExitCode}".TrimEnd())];
}
