using Tether.Daemon.Journal;
using Tether.Protocol.Terminal;
using Tether.Protocol.Wire;
using Xunit;

namespace Tether.Daemon.Tests.Journal;

public sealed class SessionJournalTests : IDisposable
{
    private readonly ScratchDirectory _scratch = new();

    public void Dispose() => _scratch.Dispose();

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Everything_that_was_printed_is_in_the_segments_once(int seed)
    {
        using var rig = new JournalRig(_scratch.File("j"), seed);
        rig.PrintSomething(1_500_000);
        rig.Journal.Flush();

        Assert.True(JournalReader.Segments(rig.Directory).Count > 5);
        Assert.Equal(rig.Written.ToArray(), rig.Stored());
        Assert.Equal(rig.Written.Length, rig.Journal.End);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void A_daemon_that_is_killed_again_and_again_loses_no_byte_and_no_screen(int seed)
    {
        var random = new Random(seed);
        using var rig = new JournalRig(_scratch.File("0"), seed);
        for (var life = 1; life <= 8; life++)
        {
            rig.PrintSomething(random.Next(1, 150_000));
            rig.Crash(_scratch.File($"{life}"));
            Assert.Equal(rig.Written.Length, rig.Journal.End);
            Assert.Equal(JournalRig.Screen(rig.Witness()), JournalRig.Screen(rig.Emulator));
        }

        rig.Journal.Flush();
        Assert.Equal(rig.Written.ToArray(), rig.Stored());
        Assert.Empty(rig.Problems);
    }

    [Fact]
    public void A_daemon_that_is_killed_between_two_parts_of_a_sequence_goes_on_in_the_middle_of_it()
    {
        using var rig = new JournalRig(_scratch.File("0"));
        rig.PrintSomething(300_000);
        rig.Print("\e[H\e[2Jone\e[3");
        rig.Crash(_scratch.File("1"));
        Assert.Equal(rig.Journal.End - 3, rig.Emulator.SafePosition);
        rig.Print("1mred");
        rig.Crash(_scratch.File("2"));

        Assert.Equal(JournalRig.Screen(rig.Witness()), JournalRig.Screen(rig.Emulator));
    }

    [Fact]
    public void A_sequence_longer_than_the_memory_puts_checkpoints_off_but_loses_nothing()
    {
        using var rig = new JournalRig(_scratch.File("0"));
        rig.Print("before \e]1337;" + new string('x', 700_000));
        rig.Crash(_scratch.File("1"));
        rig.Print("\a after");
        rig.Crash(_scratch.File("2"));
        rig.Journal.Flush();

        Assert.Equal(rig.Written.ToArray(), rig.Stored());
        Assert.Equal(JournalRig.Screen(rig.Witness()), JournalRig.Screen(rig.Emulator));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(5)]
    [InlineData(8)]
    [InlineData(20)]
    [InlineData(32)]
    [InlineData(100)]
    public void A_segment_of_which_a_crash_left_only_the_beginning_is_begun_again(int length)
    {
        using var rig = new JournalRig(_scratch.File("0"));
        while (JournalReader.Segments(rig.Directory).Count < 3)
        {
            rig.PrintSomething(5_000);
        }

        rig.Crash(_scratch.File("1"), directory =>
        {
            using var file = File.OpenWrite(JournalReader.Segments(directory)[^1].Path);
            file.SetLength(length);
        });
        Assert.Equal(JournalRig.Screen(rig.Witness()), JournalRig.Screen(rig.Emulator));
        rig.PrintSomething(700_000);
        rig.Crash(_scratch.File("2"));
        rig.Journal.Flush();

        Assert.Equal(JournalRig.Screen(rig.Witness()), JournalRig.Screen(rig.Emulator));
        Assert.Equal(rig.Written.ToArray(), rig.Stored());
        Assert.Equal(JournalRecordKind.Checkpoint, First(JournalReader.Segments(rig.Directory)[^1].Path));
    }

    [Fact]
    public void What_a_segment_lost_at_its_end_comes_back_from_the_tail()
    {
        using var rig = new JournalRig(_scratch.File("0"));
        rig.PrintSomething(90_000);
        rig.Crash(_scratch.File("1"), directory =>
        {
            using var file = File.OpenWrite(JournalReader.Segments(directory)[^1].Path);
            file.SetLength(file.Length - 3_000);
        });
        rig.Journal.Flush();

        Assert.Equal(rig.Written.ToArray(), rig.Stored());
        Assert.Equal(JournalRig.Screen(rig.Witness()), JournalRig.Screen(rig.Emulator));
    }

    [Fact]
    public void A_lost_tail_is_told_and_the_session_goes_on_behind_the_segments()
    {
        using var rig = new JournalRig(_scratch.File("0"));
        rig.PrintSomething(180_000);
        rig.Crash(_scratch.File("1"), directory => File.Delete(Path.Combine(directory, SessionJournal.TailName)));

        Assert.Contains("missing or damaged", Assert.Single(rig.Problems));
        Assert.InRange(rig.Journal.End, 1, rig.Written.Length);
        rig.Print("\e[2J\e[Hgoes on");
        rig.Crash(_scratch.File("2"));
        Assert.StartsWith("goes on\n", JournalRig.Screen(rig.Emulator));
        Assert.Single(rig.Problems);
    }

    [Fact]
    public void Segments_that_are_lost_before_the_tail_are_a_hole_and_offsets_go_on()
    {
        using var rig = new JournalRig(_scratch.File("0"));
        rig.PrintSomething(600_000);
        rig.Print("\e[2J\e[Hscreen");
        var end = rig.Journal.End;
        rig.Crash(_scratch.File("1"), directory =>
        {
            foreach (var segment in JournalReader.Segments(directory).Skip(1))
            {
                File.Delete(segment.Path);
            }
        });

        Assert.Equal(end, rig.Journal.End);
        Assert.True(rig.Journal.HasHole);
        Assert.StartsWith("screen\n", JournalRig.Screen(rig.Emulator));
        rig.Journal.Flush();
        Assert.Contains(JournalRig.Records(rig.Directory), record => record.Kind == JournalRecordKind.Hole);
        Assert.DoesNotContain("<missing>", System.Text.Encoding.Latin1.GetString(rig.Stored()));
    }

    [Fact]
    public void Resizes_are_part_of_the_story()
    {
        using var rig = new JournalRig(_scratch.File("0"));
        rig.PrintSomething(50_000);
        rig.Resize(40, 10);
        rig.PrintSomething(250_000);
        rig.Resize(120, 50);
        rig.Print("last");
        var expected = JournalRig.Screen(rig.Emulator);
        rig.Crash(_scratch.File("1"));

        Assert.Equal(expected, JournalRig.Screen(rig.Emulator));
        Assert.Equal([(40, 10), (120, 50)], Sizes(rig.Directory));
    }

    [Fact]
    public void An_end_is_recorded_and_found_and_told_once_also_if_the_daemon_is_killed_right_behind_it()
    {
        using var rig = new JournalRig(_scratch.File("0"));
        rig.PrintSomething(400_000);
        rig.Print("\e[2J\e[Hlast screen");
        rig.Journal.RecordExit(3, null, rig.Emulator, 9);
        rig.Crash(_scratch.File("1"));
        rig.Journal.RecordExit(3, null, rig.Emulator, 9);

        Assert.Empty(rig.Problems);
        Assert.Equal(rig.Written.Length, rig.Journal.End);
        Assert.StartsWith("last screen\n", JournalRig.Screen(rig.Emulator));
        Assert.Single(JournalRig.Records(rig.Directory), record => record.Kind == JournalRecordKind.Exit);
        Assert.False(File.Exists(Path.Combine(rig.Directory, SessionJournal.TailName)));
    }

    [Fact]
    public void The_oldest_segments_go_when_the_journal_is_too_large_and_the_rest_still_restores()
    {
        using var rig = new JournalRig(_scratch.File("0"), limits: new JournalLimits(200, TotalBytes: 700_000, SegmentBytes: 100_000));
        rig.PrintSomething(1_500_000);
        Assert.InRange(Directory.EnumerateFiles(rig.Directory, "*.seg").Sum(file => new FileInfo(file).Length), 200_000, 900_000);

        rig.Crash(_scratch.File("1"));
        Assert.Equal(JournalRig.Screen(rig.Witness()), JournalRig.Screen(rig.Emulator));
        Assert.Equal(rig.Witness().ScrollbackCount, rig.Emulator.ScrollbackCount);
    }

    [Fact]
    public void A_parked_journal_needs_no_tail_to_be_restored()
    {
        using var rig = new JournalRig(_scratch.File("0"));
        rig.PrintSomething(170_000);
        rig.Journal.Park(rig.Emulator, 5);
        var emulator = new TerminalEmulator(new TerminalOptions { Columns = 80, Rows = 24, ScrollbackRows = 200 });
        var replayed = JournalRestore.Replay(rig.Directory, emulator);

        Assert.Equal((rig.Written.Length, false), (replayed.End, replayed.HasEnded));
        Assert.Equal(JournalRig.Screen(rig.Emulator), JournalRig.Screen(emulator));
    }

    [Fact]
    public void Only_the_owner_may_read_a_journal()
    {
        using var rig = new JournalRig(_scratch.File("0"));
        rig.Print("x");
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(rig.Directory));
        Assert.All(Directory.EnumerateFiles(rig.Directory), file => Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file)));
    }

    [TmpfsFact]
    public void A_full_disk_is_told_once_leaves_a_hole_and_is_forgotten_when_there_is_room_again()
    {
        using var disk = new SmallDisk(_scratch.File("disk"), 1024);
        using var rig = new JournalRig(Path.Combine(disk.Path, "j"));
        var ballast = Path.Combine(disk.Path, "ballast");
        File.WriteAllBytes(ballast, new byte[500 * 1024]);
        rig.PrintSomething(1_500_000);
        Assert.Contains("cannot be written", Assert.Single(rig.Problems));
        Assert.True(rig.Journal.HasHole);

        File.Delete(ballast);
        rig.PrintSomething(150_000);
        rig.Journal.Flush();
        Assert.Contains("can be written again", rig.Problems[^1]);
        Assert.Single(JournalRig.Records(rig.Directory), record => record.Kind == JournalRecordKind.Hole);
        Assert.DoesNotContain("<missing>", System.Text.Encoding.Latin1.GetString(rig.Stored()));

        rig.Crash(_scratch.File("1"));
        Assert.Equal(rig.Written.Length, rig.Journal.End);
        Assert.Equal(JournalRig.Screen(rig.Witness()), JournalRig.Screen(rig.Emulator));
    }

    [TmpfsFact]
    public void A_daemon_that_is_killed_while_the_disk_is_full_goes_on_at_the_right_offset()
    {
        using var disk = new SmallDisk(_scratch.File("disk"), 512);
        using var rig = new JournalRig(Path.Combine(disk.Path, "j"));
        rig.PrintSomething(1_500_000);
        rig.Print("\e[2J\e[Hscreen");
        var end = rig.Journal.End;
        rig.Crash(_scratch.File("1"));

        Assert.Equal(end, rig.Journal.End);
        Assert.StartsWith("screen\n", JournalRig.Screen(rig.Emulator));
        rig.Journal.Flush();
        Assert.DoesNotContain("<missing>", System.Text.Encoding.Latin1.GetString(rig.Stored()));
    }

    [TmpfsFact]
    public void A_session_that_begins_on_a_full_disk_goes_on_in_memory_and_is_kept_from_when_there_is_room()
    {
        using var disk = new SmallDisk(_scratch.File("disk"), 64);
        var ballast = Path.Combine(disk.Path, "ballast");
        using (var file = File.Create(ballast))
        {
            Assert.ThrowsAny<IOException>(() =>
            {
                file.Write(new byte[1 << 20]);
                file.Flush();
            });
        }

        using var rig = new JournalRig(Path.Combine(disk.Path, "j"));
        rig.PrintSomething(300_000);
        Assert.NotEmpty(rig.Problems);
        Assert.Equal(rig.Written.Length, rig.Journal.End);
        Assert.Equal(JournalRig.Screen(rig.Witness()), JournalRig.Screen(rig.Emulator));
    }

    private static JournalRecordKind First(string path)
    {
        var kind = default(JournalRecordKind);
        JournalReader.Visit(path, (in JournalRecord record, ReadOnlySpan<byte> payload) =>
        {
            kind = record.Kind;
            return false;
        });
        return kind;
    }

    private static List<(int, int)> Sizes(string directory)
    {
        var sizes = new List<(int, int)>();
        foreach (var segment in JournalReader.Segments(directory))
        {
            JournalReader.Visit(segment.Path, (in JournalRecord record, ReadOnlySpan<byte> payload) =>
            {
                if (record.Kind == JournalRecordKind.Resize)
                {
                    sizes.Add(JournalReader.ReadSize(payload));
                }

                return true;
            });
        }

        return sizes;
    }
}
