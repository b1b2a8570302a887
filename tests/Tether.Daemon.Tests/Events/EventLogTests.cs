using System.Text.Json;
using Microsoft.Extensions.Logging;
using Tether.Daemon.Events;
using Tether.Daemon.Storage;
using Xunit;

namespace Tether.Daemon.Tests.Events;

public sealed class EventLogTests : IDisposable
{
    private const string A = "aaaaaaaa", B = "bbbbbbbb";

    private readonly EventLogRig _rig = new();

    public void Dispose() => _rig.Dispose();

    [Fact]
    public void Events_are_numbered_within_their_session_and_among_all()
    {
        Assert.Equal((1, 1), Numbers(_rig.Append(A, "a")));
        Assert.Equal((2, 1), Numbers(_rig.Append(B, "b")));
        Assert.Equal((3, 2), Numbers(_rig.Append(A, "c")));
        Assert.Equal((3, 2, 1), (_rig.Log.LastId, _rig.Log.LastSeq(A), _rig.Log.LastSeq(B)));
        Assert.Equal(0, _rig.Log.LastSeq("cccccccc"));
    }

    [Fact]
    public void What_was_acknowledged_is_there_after_a_kill_with_the_same_numbers()
    {
        var told = Enumerable.Range(0, 100).Select(i => _rig.Append(i % 3 == 0 ? A : B, $"{i}")).ToList();
        using var next = _rig.Killed();
        Assert.Equal(told.Select(Whole), next.ReadAllToEnd().Select(Whole));
        Assert.Equal(told.Where(e => e.Session == A).Select(Whole), next.ReadToEnd(A).Select(Whole));
        Assert.Equal((101, 35), Numbers(next.Append(A, "next")));
    }

    [Fact]
    public void A_cursor_goes_on_behind_itself_in_memory_and_in_the_file()
    {
        for (var i = 1; i <= 10; i++)
        {
            _rig.Append(A, $"{i}");
        }

        AssertCursors();
        _rig.Reopen();
        AssertCursors();

        void AssertCursors()
        {
            var page = _rig.Log.Read(A, 4, null, 3);
            Assert.Equal([5, 6, 7], page.Events.Select(e => e.Seq));
            Assert.Equal(7, page.Next);
            Assert.Equal(10, _rig.Log.Read(A, 7, null, 100).Next);
            Assert.Equal((0, 10), (_rig.Log.Read(A, 10, null, 100).Events.Count, _rig.Log.Read(A, 10, null, 100).Next));
            Assert.Equal(10, _rig.Log.Read(A, 99, null, 100).Next);
            Assert.Equal([9, 10], _rig.Log.ReadAll(8, null, 100).Events.Select(e => e.Id));
            Assert.Equal(10, _rig.Log.ReadAll(10, null, 100).Next);
        }
    }

    [Fact]
    public void A_log_that_is_longer_than_the_memory_is_read_without_a_gap_and_without_a_double()
    {
        const int Count = EventTail.MostEvents * 2;
        for (var i = 0; i < Count; i++)
        {
            _rig.Post(i % 2 == 0 ? A : B, $"{i}");
        }

        _rig.Log.FlushAsync().Ends();
        Assert.Equal(Enumerable.Range(1, Count).Select(i => (long)i), _rig.ReadAllToEnd(limit: 777).Select(e => e.Id));
        Assert.Equal(Enumerable.Range(1, Count / 2).Select(i => (long)i), _rig.ReadToEnd(B, limit: 777).Select(e => e.Seq));
        Assert.Equal(Enumerable.Range(0, Count / 2).Select(i => $"{(2 * i) + 1}"), _rig.ReadToEnd(B).Select(EventLogRig.Text));
    }

    [Fact]
    public void Types_leave_events_out_and_the_cursor_goes_beyond_them()
    {
        for (var i = 1; i <= 30; i++)
        {
            _rig.Append(A, $"{i}", i % 10 == 0 ? "user_input" : i % 10 == 5 ? "title" : "output");
        }

        AssertTypes();
        _rig.Reopen();
        AssertTypes();

        void AssertTypes()
        {
            var both = _rig.Log.Read(A, 0, new HashSet<string> { "user_input", "title" }, 100);
            Assert.Equal([5, 10, 15, 20, 25, 30], both.Events.Select(e => e.Seq));
            Assert.Equal(30, both.Next);
            Assert.Equal([5, 10], _rig.Log.Read(A, 0, new HashSet<string> { "user_input", "title" }, 2).Events.Select(e => e.Seq));
            Assert.Equal((0, 30), (_rig.Log.Read(A, 0, new HashSet<string> { "none" }, 100).Events.Count, _rig.Log.Read(A, 0, new HashSet<string> { "none" }, 100).Next));
            Assert.Equal([10, 20, 30], _rig.ReadAllToEnd(types: new HashSet<string> { "user_input" }, limit: 2).Select(e => e.Id));
            Assert.Equal(30, _rig.Log.ReadAll(0, new HashSet<string> { "none" }, 100).Next);
        }
    }

    [Fact]
    public void A_page_of_large_events_ends_early_and_the_next_goes_on()
    {
        var large = new string('x', EventTail.PageBytes / 2);
        for (var i = 0; i < 7; i++)
        {
            _rig.Append(A, large + i);
        }

        Assert.Equal(2, _rig.Log.Read(A, 0, null, 100).Events.Count);
        Assert.Equal(7, _rig.ReadToEnd(A).Count);
        _rig.Reopen();
        Assert.Equal((2, 2), (_rig.Log.Read(A, 0, null, 100).Events.Count, _rig.Log.Read(A, 0, null, 100).Next));
        Assert.Equal(7, _rig.ReadToEnd(A).Count);
        Assert.Equal(7, _rig.ReadAllToEnd().Count);
    }

    [Fact]
    public void A_forgotten_session_leaves_its_end_and_nothing_else_and_takes_no_more()
    {
        _rig.Append(A, "a");
        _rig.Append(B, "b");
        _rig.Append(A, "c");
        _rig.Log.Forget(A);
        _rig.Post(A, "late");
        var late = Assert.Throws<AggregateException>(() => _rig.Append(A, "too late"));
        Assert.IsType<IOException>(late.InnerException);

        AssertForgotten();
        Assert.Equal((5, 2), Numbers(_rig.Append(B, "d")));
        _rig.Reopen();
        AssertForgotten();
        Soon.Is(() => _rig.Ask("SELECT count(*) FROM events WHERE session = (SELECT number FROM sessions WHERE id = 'aaaaaaaa')") == 1);

        void AssertForgotten()
        {
            Assert.Equal(["deleted"], _rig.ReadToEnd(A).Select(e => e.Type));
            Assert.Equal(3, _rig.Log.LastSeq(A));
            Assert.Equal([2, 4], _rig.ReadAllToEnd().Select(e => e.Id).Take(2));
        }
    }

    [Fact]
    public async Task Whoever_waits_for_a_session_that_is_forgotten_hears_its_end()
    {
        _rig.Append(A, "a");
        var waiting = _rig.Log.WaitAsync(A, 1, CancellationToken.None);
        _rig.Log.Forget(A);
        await waiting.WaitAsync(Soon.Limit);
        Assert.Equal("deleted", Assert.Single(_rig.Log.Read(A, 1, null, 10).Events).Type);
    }

    [Fact]
    public async Task Waiting_ends_with_the_first_event_behind_the_cursor_and_not_before()
    {
        _rig.Append(A, "a");
        await _rig.Log.WaitAsync(A, 0, CancellationToken.None);
        var session = _rig.Log.WaitAsync(A, 1, CancellationToken.None);
        var all = _rig.Log.WaitAsync(null, 1, CancellationToken.None);
        _rig.Append(B, "b");
        await all.WaitAsync(Soon.Limit);
        Assert.False(session.IsCompleted);
        _rig.Append(A, "c");
        await session.WaitAsync(Soon.Limit);
    }

    [Fact]
    public void A_cursor_of_another_log_goes_on_behind_the_last_event_of_this_one()
    {
        _rig.Append("a", "1");
        Assert.Equal((0, 1), (_rig.Log.Read("a", 500, null, 10).Events.Count, _rig.Log.Read("a", 500, null, 10).Next));
        Assert.Equal((0, 1), (_rig.Log.ReadAll(long.MaxValue, null, 10).Events.Count, _rig.Log.ReadAll(long.MaxValue, null, 10).Next));
        Assert.Equal(0, _rig.Log.Read("unknown", 7, null, 10).Next);
        _rig.Append("a", "2");
        Assert.Equal("2", EventLogRig.Text(Assert.Single(_rig.Log.Read("a", 1, null, 10).Events)));
    }

    [Fact]
    public async Task A_wait_that_is_given_up_ends_at_once()
    {
        using var stop = new CancellationTokenSource();
        var waiting = _rig.Log.WaitAsync(A, 0, stop.Token);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting.WaitAsync(Soon.Limit));
    }

    [Fact]
    public async Task Many_writers_and_readers_at_once_see_every_event_once_and_in_order()
    {
        const int Writers = 8, Each = 500, Readers = 8;
        var total = Writers * Each;
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        var readers = Enumerable.Range(0, Readers).Select(i => Task.Run(() => i % 2 == 0 ? FollowAsync(A, total, limit.Token) : FollowAsync(null, total, limit.Token))).ToList();
        var writers = Enumerable.Range(0, Writers).Select(writer => Task.Run(async () =>
        {
            var told = new List<LoggedEvent>();
            for (var i = 0; i < Each; i++)
            {
                told.Add(await _rig.Log.AppendAsync(A, "output", EventLogRig.Data($"{writer} {i}")));
            }

            return told;
        })).ToList();

        var told = (await Task.WhenAll(writers)).SelectMany(events => events).OrderBy(e => e.Seq).Select(Whole).ToList();
        Assert.Equal(Enumerable.Range(1, total).Select(i => (long)i), told.Select(e => e.Seq));
        foreach (var seen in await Task.WhenAll(readers))
        {
            Assert.Equal(told, seen.Select(Whole));
        }
    }

    [Fact]
    public async Task Forgetting_while_others_write_keeps_every_other_sessions_events()
    {
        string[] sessions = ["s0", "s1", "s2", "s3"];
        var writers = sessions.Select(session => Task.Run(async () =>
        {
            for (var i = 0; i < 300; i++)
            {
                await _rig.Log.AppendAsync(session, "output", EventLogRig.Data($"{i}"));
                if (session == "s3" && i == 150)
                {
                    _rig.Log.Forget("s0");
                }
            }
        })).ToList();
        await Assert.ThrowsAnyAsync<IOException>(async () =>
        {
            await Task.WhenAll(writers);

            // The first session may have been through before it was forgotten.
            await _rig.Log.AppendAsync("s0", "output", EventLogRig.Data("late"));
        });

        foreach (var session in sessions[1..])
        {
            Assert.Equal(Enumerable.Range(1, 300).Select(i => (long)i), _rig.ReadToEnd(session).Select(e => e.Seq));
        }

        Assert.Equal("deleted", Assert.Single(_rig.ReadToEnd("s0")).Type);
    }

    [Fact]
    public void Of_a_long_session_the_newest_events_are_kept()
    {
        using var rig = new EventLogRig(most: 160);
        for (var i = 1; i <= 1000; i++)
        {
            rig.Post(A, $"{i}");
        }

        rig.Append(B, "b");
        var kept = rig.ReadToEnd(A);
        Assert.InRange(kept.Count, 160, 170);
        Assert.Equal(1000, kept[^1].Seq);
        Assert.Equal(Enumerable.Range(1001 - kept.Count, kept.Count).Select(i => (long)i), kept.Select(e => e.Seq));
        Assert.Equal(kept.Select(e => e.Seq), rig.ReadAllToEnd().Where(e => e.Session == A).Select(e => e.Seq));
        Soon.Is(() => rig.Ask("SELECT count(*) FROM events") == kept.Count + 1);
        rig.Reopen();
        Assert.Equal(kept.Select(Whole), rig.ReadToEnd(A).Select(Whole));
    }

    [Fact]
    public void What_was_logged_before_there_was_this_file_is_taken_over_once()
    {
        using var rig = new EventLogRig(old: [new StoredEvent(A, EventLogRig.Noon, "bell", ""), new StoredEvent(B, EventLogRig.Noon.AddSeconds(1), "title", "ünï\n")]);
        Assert.Equal(["bell", "title"], rig.ReadAllToEnd().Select(e => e.Type));
        Assert.Equal("ünï\n", EventLogRig.Text(rig.ReadToEnd(B).Single()));
        Assert.Equal(EventLogRig.Noon, rig.ReadToEnd(A).Single().At);
        Assert.Equal(1, rig.Taken);
        rig.Reopen();
        Assert.Equal(2, rig.ReadAllToEnd().Count);
        Assert.Equal(3, rig.Append(A, "x").Id);
    }

    [Fact]
    public void The_newest_since_a_time_come_oldest_first_with_those_that_were_just_posted()
    {
        for (var i = 0; i < 10; i++)
        {
            _rig.Log.Post(i % 2 == 0 ? A : B, EventLogRig.Noon.AddSeconds(i), i == 9 ? "output" : "bell", EventLogRig.Data($"{i}"));
        }

        var without = new HashSet<string> { "output" };
        Assert.Equal(["6", "7", "8"], _rig.Log.Newest(null, DateTimeOffset.MinValue, without, 3).Select(EventLogRig.Text));
        Assert.Equal(["6", "8"], _rig.Log.Newest(A, EventLogRig.Noon.AddSeconds(5), without, 10).Select(EventLogRig.Text));
        Assert.Empty(_rig.Log.Newest("cccccccc", DateTimeOffset.MinValue, without, 10));
    }

    [Fact]
    public void An_event_is_told_as_one_line_of_json_whatever_its_data_looks_like()
    {
        var data = "{\n  \"text\": \"a\\nb ü\",\r\n  \"n\": [1,\n2]\n}"u8.ToArray();
        var happened = _rig.Log.AppendAsync(A, "output", data).Result();
        AssertLine(happened);
        _rig.Reopen();
        AssertLine(_rig.ReadToEnd(A).Single());

        void AssertLine(LoggedEvent told)
        {
            var line = System.Text.Encoding.UTF8.GetString(told.Json.Span);
            Assert.DoesNotContain('\n', line);
            Assert.DoesNotContain('\r', line);
            using var document = JsonDocument.Parse(line);
            var root = document.RootElement;
            Assert.Equal((1, 1, A, "output"), (root.GetProperty("id").GetInt64(), root.GetProperty("seq").GetInt64(), root.GetProperty("session_id").GetString(), root.GetProperty("type").GetString()));
            Assert.Equal("a\nb ü", root.GetProperty("data").GetProperty("text").GetString());
            Assert.Equal(told.At, root.GetProperty("ts").GetDateTimeOffset());
        }
    }

    [Fact]
    public void The_file_is_the_users_alone()
    {
        _rig.Append(A, "a");
        Assert.All(Directory.GetFiles(Path.GetDirectoryName(_rig.Path)!), file => Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file)));
    }

    [Fact]
    public void A_damaged_file_is_put_aside_and_a_new_one_begins()
    {
        _rig.Log.Dispose();
        File.WriteAllText(_rig.Path, "this is no database, and it is long enough to be noticed as none");
        _rig.Reopen();
        Assert.Equal((1, 1), Numbers(_rig.Append(A, "a")));
        Assert.Single(Directory.GetFiles(Path.GetDirectoryName(_rig.Path)!, "*.damaged-*"));
        Assert.Contains(_rig.Logger.Lines, line => line.Level == LogLevel.Error);
    }

    private static (long Id, long Seq) Numbers(LoggedEvent happened) => (happened.Id, happened.Seq);

    private static (long Id, string Session, long Seq, DateTimeOffset At, string Type, string Text) Whole(LoggedEvent e) => (e.Id, e.Session, e.Seq, e.At, e.Type, EventLogRig.Text(e));

    private async Task<List<LoggedEvent>> FollowAsync(string? session, int count, CancellationToken stop)
    {
        var seen = new List<LoggedEvent>();
        var after = 0L;
        while (seen.Count < count)
        {
            await _rig.Log.WaitAsync(session, after, stop);
            var page = session is null ? _rig.Log.ReadAll(after, null, 50) : _rig.Log.Read(session, after, null, 50);
            seen.AddRange(page.Events);
            after = page.Next;
        }

        return seen;
    }
}
