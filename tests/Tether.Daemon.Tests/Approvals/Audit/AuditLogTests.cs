using System.Collections.Concurrent;
using System.Text;
using Tether.Daemon.Approvals.Audit;
using Tether.Protocol.Model;
using Xunit;

namespace Tether.Daemon.Tests.Approvals.Audit;

public sealed class AuditLogTests : IDisposable
{
    private readonly ScratchDirectory _scratch = new();
    private readonly List<string> _complaints = [];

    private string Current => _scratch.File("audit.jsonl");

    public void Dispose() => _scratch.Dispose();

    [Fact]
    public async Task Entries_are_numbered_chained_and_private()
    {
        await Write(3);
        using var log = Open();
        var entries = log.Newest(_ => true, 10);
        Assert.Equal([1L, 2L, 3L], entries.Select(entry => entry.Number));
        Assert.Equal([AuditLine.NoHash, entries[0].Hash, entries[1].Hash], entries.Select(entry => entry.Previous));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Current));
        Assert.Equal(new AuditCheck(3, null), log.Verify());
        Assert.Equal(["title 2", "title 3"], log.Newest(entry => entry.Session == "s", 2).Select(entry => entry.Title));
        Assert.Empty(_complaints);
    }

    [Fact]
    public async Task An_entry_is_in_the_file_when_its_task_ends()
    {
        using var log = Open();
        var written = await log.Append(Entry("first"));
        Assert.Contains(written!.Hash, await File.ReadAllTextAsync(Current), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("changed", "entry 2 was changed")]
    [InlineData("rehashed", "entry 3 does not follow the one before")]
    [InlineData("removed", "entry 2 is missing: number 3 stands in its place")]
    [InlineData("swapped", "entry 1 is missing: number 2 stands in its place")]
    [InlineData("garbled", "entry 2 cannot be read")]
    [InlineData("cut", "ends at entry 3; there were 4")]
    public async Task What_was_tampered_with_is_named(string how, string expected)
    {
        await Write(4);
        var lines = await File.ReadAllLinesAsync(Current);
        switch (how)
        {
            case "changed": lines[1] = lines[1].Replace("title 2", "title X", StringComparison.Ordinal); break;
            case "rehashed":
                var changed = AuditLine.Read(Encoding.UTF8.GetBytes(lines[1]))! with { Title = "title X" };
                lines[1] = Encoding.UTF8.GetString(AuditLine.Write(changed, 2, changed.Previous).Line).TrimEnd('\n');
                break;
            case "removed": lines = [lines[0], .. lines[2..]]; break;
            case "swapped": (lines[0], lines[1]) = (lines[1], lines[0]); break;
            case "garbled": lines[1] = lines[1][..40]; break;
            default: lines = lines[..3]; break;
        }

        await File.WriteAllTextAsync(Current, string.Join('\n', lines) + "\n");
        using var log = Open();
        Assert.Contains(expected, log.Verify().Broken, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(60)]
    public async Task A_torn_last_line_is_moved_aside_and_told(int missing)
    {
        await Write(3);
        var bytes = await File.ReadAllBytesAsync(Current);
        await File.WriteAllBytesAsync(Current, bytes[..^missing]);
        File.Delete(_scratch.File("audit.head"));
        using (var log = Open())
        {
            await log.Append(Entry("after"));
            var entries = log.Newest(_ => true, 10);
            Assert.Equal(["title 1", "title 2"], entries.Take(2).Select(entry => entry.Title));
            Assert.Contains("unfinished entry", entries[2].Reason, StringComparison.Ordinal);
            Assert.Equal("after", entries[3].Title);
            Assert.Equal(new AuditCheck(4, null), log.Verify());
        }

        var aside = Assert.Single(Directory.GetFiles(_scratch.Path, "audit-torn-*.txt"));
        Assert.Contains("title 3", await File.ReadAllTextAsync(aside), StringComparison.Ordinal);
        Assert.Single(_complaints);
    }

    [Fact]
    public async Task The_chain_goes_on_over_parts_and_restarts()
    {
        for (var round = 0; round < 4; round++)
        {
            using var log = Open(rotateAt: 2000);
            for (var i = 0; i < 5; i++)
            {
                await log.Append(Entry($"round {round}, entry {i}"));
            }
        }

        using var last = Open(rotateAt: 2000);
        Assert.True(Directory.GetFiles(_scratch.Path, "audit-*.jsonl").Length > 1);
        Assert.Equal(new AuditCheck(20, null), last.Verify());
        Assert.Equal(20, last.Count);
        Assert.Equal("round 1, entry 0", last.Newest(_ => true, 15)[0].Title);
        File.Delete(Directory.GetFiles(_scratch.Path, "audit-*.jsonl").Order(StringComparer.Ordinal).First());
        Assert.Contains("entry 1 is missing", last.Verify().Broken, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Entries_from_many_threads_are_all_there_in_one_chain()
    {
        using var log = Open();
        await Task.WhenAll(Enumerable.Range(0, 8).Select(thread => Task.Run(async () =>
        {
            for (var i = 0; i < 100; i++)
            {
                await log.Append(Entry($"{thread}/{i}"));
            }
        })));
        Assert.Equal(new AuditCheck(800, null), log.Verify());
        Assert.Equal(800, log.Newest(_ => true, 1000).Select(entry => entry.Title).Distinct().Count());
    }

    [Fact]
    public async Task Line_feeds_quotes_and_other_scripts_stay_on_their_line()
    {
        using var log = Open();
        await log.Append(Entry("a \"b\"\n漢\u2028\\") with { Reason = "'\"\t" });
        Assert.Single(await File.ReadAllLinesAsync(Current));
        Assert.Equal("a \"b\"\n漢\u2028\\", Assert.Single(log.Newest(_ => true, 1)).Title);
        Assert.Null(log.Verify().Broken);
    }

    [TmpfsFact]
    public async Task What_a_full_disk_does_not_take_follows_in_order_when_it_does()
    {
        using var disk = new SmallDisk(_scratch.File("disk"), 64);
        var clock = new HandClock();
        var complaints = new ConcurrentQueue<string>();
        using var log = new AuditLog(disk.Path, clock, complaints.Enqueue);
        Assert.NotNull(await log.Append(Entry("before")));
        var filling = Path.Combine(disk.Path, "filling");
        await using (var file = File.Create(filling))
        {
            await Assert.ThrowsAsync<IOException>(() => file.WriteAsync(new byte[128 << 10]).AsTask());
        }

        var long1 = Entry("one") with { Reason = new string('x', 5000) };
        Assert.Null(await log.Append(long1));
        Assert.Null(await log.Append(long1 with { Title = "two" }));
        Assert.Equal(["before"], log.Newest(_ => true, 10).Select(entry => entry.Title));
        Assert.Single(complaints, complaint => complaint.Contains("cannot be written", StringComparison.Ordinal));

        File.Delete(filling);
        Soon.Is(() =>
        {
            clock.Move(TimeSpan.FromSeconds(1));
            return complaints.Contains("the audit log is written again; 2 entries that waited are in it");
        });
        Assert.Equal(["before", "one", "two"], log.Newest(_ => true, 10).Select(entry => entry.Title));
        Assert.Equal(new AuditCheck(3, null), log.Verify());
    }

    [Fact]
    public async Task An_item_is_known_when_its_newest_decision_may_have_reached_the_agent()
    {
        using var log = Open();
        Assert.False(log.Knows("i"));
        await log.Append(Entry("first"));
        Assert.True(log.Knows("i"));
        await log.Append(Entry("first") with { Receipt = "not delivered: gone" });
        Assert.False(log.Knows("i"));
        await log.Append(Entry("again"));
        await log.Append(Entry("other") with { Item = "j", Receipt = "not delivered: gone" });
        Assert.True(log.Knows("i"));
    }

    private async Task Write(int count)
    {
        using var log = Open();
        for (var i = 1; i <= count; i++)
        {
            await log.Append(Entry($"title {i}"));
        }
    }

    private AuditLog Open(long rotateAt = AuditFiles.DefaultRotateAt) => new(_scratch.Path, TimeProvider.System, _complaints.Add, rotateAt);

    private static AuditEntry Entry(string title) => new()
    {
        Number = 0,
        At = new DateTimeOffset(2026, 1, 15, 12, 0, 0, TimeSpan.Zero),
        Session = "s",
        Agent = "claude",
        Item = "i",
        Kind = QueueKind.Approval,
        Title = title,
        Decision = QueueDecision.Allow,
        By = "me",
        Surface = "cli",
    };
}
