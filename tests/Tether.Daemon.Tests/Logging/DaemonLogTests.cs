using Microsoft.Extensions.Logging;
using Tether.Daemon.Logging;
using Xunit;

namespace Tether.Daemon.Tests.Logging;

public sealed partial class DaemonLogTests : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    private readonly ScratchDirectory _scratch = new();

    private string LogPath => _scratch.File("logs/tetherd.log");

    public void Dispose() => _scratch.Dispose();

    [Fact]
    public void A_message_is_one_line_of_keys_and_values()
    {
        using (var log = Open())
        {
            Stopped(log.CreateLogger("Tether.Daemon.Sessions.Session"), "a bc", 3);
        }

        var line = Assert.Single(File.ReadAllLines(LogPath));
        Assert.StartsWith("time=20", line, StringComparison.Ordinal);
        Assert.EndsWith(
            "Z level=warning from=Sessions.Session event=Stopped msg=\"Session a bc stopped with 3.\" Id=\"a bc\" ExitCode=3", line, StringComparison.Ordinal);
    }

    [Fact]
    public void What_would_break_the_line_is_escaped()
    {
        using (var log = Open())
        {
            Said(log.For<DaemonLogTests>(), "\"a\\\n\t\e[31m\"", new InvalidOperationException("two\nlines"));
        }

        var line = Assert.Single(File.ReadAllLines(LogPath));
        Assert.Contains("""Text="\"a\\\n\t\u001b[31m\"" """, line, StringComparison.Ordinal);
        Assert.Contains("""exception="System.InvalidOperationException: two\nlines""", line, StringComparison.Ordinal);
    }

    [Fact]
    public void A_line_is_cut_where_it_becomes_absurd()
    {
        using (var log = Open())
        {
            Said(log.For<DaemonLogTests>(), new string('x', 1 << 20), null);
        }

        Assert.InRange(File.ReadAllText(LogPath).Length, LogLine.LongestLine, LogLine.LongestLine + 1000);
    }

    [Fact]
    public void The_file_and_its_folder_are_the_users_alone()
    {
        using (var log = Open())
        {
            Said(log.For<DaemonLogTests>(), "x", null);
        }

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(LogPath));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(Path.GetDirectoryName(LogPath)!));
    }

    [Fact]
    public void A_file_that_has_grown_too_large_is_put_aside_and_the_oldest_goes()
    {
        using (var log = Open(fileBytes: 1000, fileCount: 3))
        {
            var logger = log.For<DaemonLogTests>();
            for (var i = 0; i < 40; i++)
            {
                Said(logger, $"number {i} " + new string('x', 80), null);
                Assert.True(log.Flush(Limit));
            }
        }

        string[] files = [LogPath, LogPath + ".1", LogPath + ".2"];
        Assert.Equal(files, Directory.GetFiles(Path.GetDirectoryName(LogPath)!).Order());
        Assert.All(files, file => Assert.InRange(new FileInfo(file).Length, 1, 1000));
        Assert.Contains("number 39 ", File.ReadLines(LogPath).Last(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_second_daemon_writes_behind_the_first()
    {
        for (var i = 0; i < 2; i++)
        {
            using var log = Open();
            Said(log.For<DaemonLogTests>(), $"daemon {i}", null);
        }

        Assert.Equal(2, File.ReadAllLines(LogPath).Length);
    }

    [Theory]
    [InlineData("Tether.Daemon.X", LogLevel.Information, true)]
    [InlineData("Tether.Daemon.X", LogLevel.Debug, false)]
    [InlineData("Microsoft.AspNetCore.Hosting", LogLevel.Information, false)]
    [InlineData("Microsoft.AspNetCore.Hosting", LogLevel.Warning, true)]
    [InlineData("Tether.Daemon.X", LogLevel.None, false)]
    public void A_level_below_the_configured_one_is_not_written(string category, LogLevel level, bool isWritten)
    {
        using var log = Open();
        Assert.Equal(isWritten, log.CreateLogger(category).IsEnabled(level));
    }

    [Fact]
    public void A_full_disk_stops_nobody_and_is_told_once_there_is_room()
    {
        using var log = Open();
        Directory.CreateDirectory(Path.GetDirectoryName(LogPath)!);
        File.CreateSymbolicLink(LogPath, "/dev/full");
        var logger = log.For<DaemonLogTests>();
        for (var i = 0; i < 3; i++)
        {
            Said(logger, "lost", null);
            Assert.True(log.Flush(Limit));
        }

        File.Delete(LogPath);
        Said(logger, "kept", null);
        Assert.True(log.Flush(Limit));

        var lines = File.ReadAllLines(LogPath);
        Assert.Equal(2, lines.Length);
        Assert.Contains("event=LinesLost msg=\"3 lines", lines[0], StringComparison.Ordinal);
        Assert.Contains("Text=kept", lines[1], StringComparison.Ordinal);
    }

    [TmpfsFact]
    public void A_disk_that_becomes_full_in_the_middle_of_a_line_keeps_whole_lines()
    {
        using var disk = new SmallDisk(_scratch.File("disk"), kibibytes: 64);
        var path = Path.Combine(disk.Path, "tetherd.log");
        using (var log = new DaemonLog(path, LogLevel.Information, 1 << 20, 2, TimeProvider.System))
        {
            var logger = log.For<DaemonLogTests>();
            for (var i = 0; i < 200; i++)
            {
                Said(logger, new string('x', 1000), null);
                Assert.True(log.Flush(Limit));
            }

            Assert.InRange(new FileInfo(path).Length, 32 << 10, 64 << 10);
            Assert.EndsWith("\n", File.ReadAllText(path), StringComparison.Ordinal);

            File.WriteAllText(path, "");
            Said(logger, "room again", null);
            Assert.True(log.Flush(Limit));
        }

        Assert.Contains("room again", File.ReadAllText(path), StringComparison.Ordinal);
    }

    [Fact]
    public void A_flood_is_never_waited_for_and_what_is_lost_is_counted()
    {
        const int Count = 20_000;
        using (var log = Open(fileBytes: 1L << 30))
        {
            var logger = log.For<DaemonLogTests>();
            var text = new string('x', 1000);
            for (var i = 0; i < Count; i++)
            {
                Said(logger, text, null);
            }

            Assert.True(log.Flush(Limit));
            Said(logger, "end", null);
        }

        var kept = 0;
        var lost = 0;
        foreach (var line in File.ReadLines(LogPath))
        {
            var report = line.IndexOf("msg=\"", StringComparison.Ordinal) + 5;
            lost += line.Contains("event=LinesLost", StringComparison.Ordinal) ? int.Parse(line[report..line.IndexOf(' ', report)]) : 0;
            kept += line.Contains("event=Said", StringComparison.Ordinal) ? 1 : 0;
        }

        Assert.Equal(Count + 1, kept + lost);
    }

    private DaemonLog Open(long fileBytes = 1 << 20, int fileCount = 3) =>
        new(LogPath, LogLevel.Information, fileBytes, fileCount, TimeProvider.System);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Session {Id} stopped with {ExitCode}.")]
    private static partial void Stopped(ILogger logger, string id, int exitCode);

    [LoggerMessage(Level = LogLevel.Information, Message = "Said {Text}.")]
    private static partial void Said(ILogger logger, string text, Exception? exception);
}
