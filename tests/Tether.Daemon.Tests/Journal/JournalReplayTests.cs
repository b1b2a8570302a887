using System.Buffers;
using System.Text;
using Tether.Daemon.Journal;
using Tether.Protocol.Terminal;
using Tether.Protocol.Wire;
using Xunit;

namespace Tether.Daemon.Tests.Journal;

public sealed class JournalReplayTests
{
    private readonly TerminalEmulator _emulator = new(new TerminalOptions { Columns = 20, Rows = 3 });
    private readonly JournalReplay _replay;

    public JournalReplayTests() => _replay = new JournalReplay(_emulator);

    [Fact]
    public void Output_that_two_segments_share_is_seen_once()
    {
        Checkpoint(0, "");
        Output(0, "one\e[3");
        Checkpoint(3, "one");
        Output(3, "\e[31mtwo");
        Assert.Equal(("onetwo", 11L), (Row(0), _replay.End));
    }

    [Fact]
    public void A_checkpoint_says_nothing_new_to_who_has_seen_everything()
    {
        Checkpoint(0, "");
        Output(0, "a\r\nb\r\nc\r\nd");
        Checkpoint(10, "something else");
        Assert.Equal(("b", 1), (Row(0), _emulator.ScrollbackCount));
    }

    [Fact]
    public void A_checkpoint_behind_a_hole_takes_the_place_of_what_was_seen()
    {
        Checkpoint(0, "");
        Output(0, "old\e]2;unfinished");
        Checkpoint(1000, "new");
        Output(1000, "er");
        Assert.Equal(("newer", "", 1002L), (Row(0), Row(1), _emulator.Position));
    }

    [Fact]
    public void A_checkpoint_behind_output_that_follows_a_hole_is_what_is_known()
    {
        Output(500, "from the middle");
        Checkpoint(515, "all of it");
        Output(515, "!");
        Assert.Equal("all of it!", Row(0));
    }

    [Fact]
    public void Sizes_and_the_end_are_taken_too()
    {
        Checkpoint(0, "");
        _replay.Apply(new JournalRecord(JournalRecordKind.Resize, 4, 0, 0), [40, 0, 10, 0]);
        Assert.False(_replay.HasEnded);
        _replay.Apply(new JournalRecord(JournalRecordKind.Exit, 8, 0, 0), new byte[8]);
        Assert.Equal((40, 10, true), (_emulator.Columns, _emulator.Rows, _replay.HasEnded));
    }

    [Fact]
    public void A_checkpoint_brings_the_shells_prompts_back()
    {
        Checkpoint(0, "\e]133;A\a$ \e]133;B\afalse\r\n\e]133;C\a\e]133;D;1\a\e]133;A\a$ \r\n\n\n");
        PromptMark[] expected =
        [
            new(PromptMarkKind.Prompt, 0, 0, null), new(PromptMarkKind.Command, 0, 2, null), new(PromptMarkKind.Output, 1, 0, null),
            new(PromptMarkKind.End, 1, 0, 1), new(PromptMarkKind.Prompt, 1, 0, null),
        ];
        Assert.Equal(expected, _emulator.PromptMarks);
    }

    private void Output(long offset, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        _replay.Apply(new JournalRecord(JournalRecordKind.Output, bytes.Length, offset, 0), bytes);
    }

    private void Checkpoint(long offset, string screen)
    {
        var emulator = new TerminalEmulator(new TerminalOptions { Columns = 20, Rows = 3 });
        emulator.Feed(Encoding.UTF8.GetBytes(screen));
        var payload = new ArrayBufferWriter<byte>();
        CheckpointPayload.Write(emulator, withScrollback: true, payload);
        _replay.Apply(new JournalRecord(JournalRecordKind.Checkpoint, payload.WrittenCount, offset, 0), payload.WrittenSpan);
    }

    private string Row(int row) => _emulator.GetText(_emulator.RowAt(_emulator.TopRow + row));
}
