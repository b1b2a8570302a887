using Microsoft.Extensions.Logging;
using Tether.Daemon.Configuration;
using Xunit;

namespace Tether.Daemon.Tests.Configuration;

public sealed class ConfigReaderTests : IDisposable
{
    private readonly ScratchDirectory _scratch = new();
    private readonly Dictionary<string, string> _environment = [];

    private string ConfigFile => _scratch.File("config/config.env");

    private string DotEnv => _scratch.File(".env");

    public void Dispose() => _scratch.Dispose();

    [Fact]
    public void Without_any_source_the_defaults_count()
    {
        var config = Read();
        Assert.Equal(new TetherConfig() with { Warnings = config.Warnings }, config);
        Assert.Empty(config.Warnings);
    }

    [Fact]
    public void The_environment_counts_before_dot_env_and_that_before_config_env()
    {
        _environment["TETHER_ROWS"] = "11";
        _scratch.Write(".env", "TETHER_ROWS=12\nTETHER_COLUMNS=112\n");
        _scratch.Write("config/config.env", "TETHER_ROWS=13\nTETHER_COLUMNS=113\nTETHER_SCROLLBACK=500\n");

        var config = Read();

        Assert.Equal((11, 112, 500), (config.Rows, config.Columns, config.ScrollbackRows));
        Assert.Empty(config.Warnings);
    }

    [Fact]
    public void A_command_counts_from_the_persons_own_file_and_not_from_the_one_that_came_with_a_directory()
    {
        _scratch.Write(".env", "TETHER_NOTIFY_COMMAND=theirs\n");
        _scratch.Write("config/config.env", "TETHER_NOTIFY_COMMAND=mine\nTETHER_NOTIFY=off\nTETHER_NOTIFY_CONTENT=1\n");
        var config = Read();
        Assert.Equal(("mine", false, true), (config.NotifyCommand, config.Notifies, config.NotifiesContent));
        Assert.StartsWith($"{DotEnv}:1: TETHER_NOTIFY_COMMAND has no effect here", Assert.Single(config.Warnings), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("TETHER_ESCAPE=ctrl-1", "ctrl- and one of")]
    [InlineData("TETHER_ATTACH_SCROLLBACK=many", "a whole number from 0 up")]
    public void What_only_the_client_reads_is_reported_when_it_is_not_allowed(string line, string allowed)
    {
        _scratch.Write("config/config.env", $"# mine\n{line}\n");
        Assert.StartsWith($"{ConfigFile}:2: {line} is not allowed; it takes {allowed}", Assert.Single(Read().Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void Every_value_arrives()
    {
        _scratch.Write("config/config.env", """
            TETHER_STOP_GRACE=0.25
            TETHER_JOURNAL_MIB=3
            TETHER_JOURNAL_DAYS=0
            TETHER_LOG_LEVEL=Debug
            TETHER_LOG_MIB=2
            TETHER_LOG_FILES=1
            TETHER_PORT=7777
            TETHER_FOREGROUND=#010203
            TETHER_BACKGROUND=#A0b0C0
            TETHER_ESCAPE=ctrl-b
            TETHER_ATTACH_SCROLLBACK=5
            """);

        var config = Read();

        Assert.Empty(config.Warnings);
        Assert.Equal(TimeSpan.FromMilliseconds(250), config.StopGrace);
        Assert.Equal(3 << 20, config.JournalBytes);
        Assert.Equal(0, config.JournalDays);
        Assert.Equal(LogLevel.Debug, config.LogLevel);
        Assert.Equal((2 << 20, 1), (config.LogBytes, config.LogFiles));
        Assert.Equal(7777, config.Port);
        Assert.Equal((0x010203, 0xa0b0c0), (config.Foreground, config.Background));
    }

    [Fact]
    public void Comments_blank_lines_quotes_and_export_are_read_as_in_a_shell()
    {
        _scratch.Write("config/config.env", """
            # a comment

              export TETHER_ROWS = 20   # behind a value
            TETHER_COLUMNS="90"# close behind
            TETHER_BACKGROUND=#ffffff # white
            TETHER_FOREGROUND='#000000'
            TETHER_PORT= # nothing
            TETHER_SCROLLBACK=1
            TETHER_SCROLLBACK=2
            """);

        var config = Read();

        Assert.Empty(config.Warnings);
        Assert.Equal((20, 90, 2), (config.Rows, config.Columns, config.ScrollbackRows));
        Assert.Equal((0, 0xffffff, 8787), (config.Foreground, config.Background, config.Port));
    }

    [Fact]
    public void An_unknown_key_is_reported_with_file_and_line()
    {
        _scratch.Write("config/config.env", "\n\nTETHER_ROW=20\n");
        Assert.Equal($"{ConfigFile}:3: TETHER_ROW is no known key; .env.example lists them", Assert.Single(Read().Warnings));
    }

    [Fact]
    public void An_unknown_key_in_the_environment_is_reported()
    {
        _environment["TETHER_ROW"] = "20";
        _environment["TETHER_SESSION"] = "abcdefgh";
        _environment["TETHER_DATA_DIR"] = "/somewhere";
        Assert.StartsWith("environment: TETHER_ROW ", Assert.Single(Read().Warnings), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("TETHER_ROWS=0", "1 to 1000")]
    [InlineData("TETHER_ROWS=1001", "1 to 1000")]
    [InlineData("TETHER_ROWS=-4", "1 to 1000")]
    [InlineData("TETHER_ROWS=99999999999", "1 to 1000")]
    [InlineData("TETHER_ROWS=forty", "1 to 1000")]
    [InlineData("TETHER_PORT=65536", "0 to 65535")]
    [InlineData("TETHER_STOP_GRACE=-1", "0 to 3600")]
    [InlineData("TETHER_STOP_GRACE=NaN", "0 to 3600")]
    [InlineData("TETHER_LOG_LEVEL=loud", "trace, debug")]
    [InlineData("TETHER_LOG_LEVEL=3", "trace, debug")]
    [InlineData("TETHER_FOREGROUND=red", "#rrggbb")]
    [InlineData("TETHER_FOREGROUND=#12345", "#rrggbb")]
    [InlineData("TETHER_DATA_DIR=/x", "environment only")]
    [InlineData("TETHER_LEND=0", "environment only")]
    [InlineData("TETHER_ROWS", "KEY=value")]
    [InlineData("TETHER_ROWS='20", "closing")]
    [InlineData("TETHER_ROWS='20' 30", "closing")]
    [InlineData("TETHER-ROWS=20", "letters, digits")]
    [InlineData("ROWS=20", "no known key")]
    public void A_bad_line_is_reported_and_changes_nothing(string line, string allowed)
    {
        _scratch.Write("config/config.env", line + "\nTETHER_SCROLLBACK=7\n");

        var config = Read();

        var warning = Assert.Single(config.Warnings);
        Assert.StartsWith($"{ConfigFile}:1: ", warning, StringComparison.Ordinal);
        Assert.Contains(allowed, warning, StringComparison.Ordinal);
        Assert.Equal(new TetherConfig { ScrollbackRows = 7, Warnings = config.Warnings }, config);
    }

    [Fact]
    public void A_value_that_is_not_allowed_leaves_the_say_to_the_next_source()
    {
        _environment["TETHER_ROWS"] = "many";
        _scratch.Write("config/config.env", "TETHER_ROWS=30\n");
        var config = Read();
        Assert.Equal(30, config.Rows);
        Assert.Single(config.Warnings);
    }

    [Fact]
    public void Other_peoples_lines_in_dot_env_are_passed_over()
    {
        _scratch.Write(".env", "DATABASE_URL=x\nKEY='-----BEGIN\nabc\n-----END'\nTETHER_ROWS=20\nTETHER_ROWS\n");
        var config = Read();
        Assert.Equal(20, config.Rows);
        Assert.StartsWith($"{DotEnv}:6: ", Assert.Single(config.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_is_a_directory_or_far_too_large_is_no_configuration()
    {
        Directory.CreateDirectory(DotEnv);
        _scratch.Write("config/config.env", new string('\n', 2 << 20));
        var config = Read();
        Assert.StartsWith($"{ConfigFile}:1: ", Assert.Single(config.Warnings), StringComparison.Ordinal);
    }

    private TetherConfig Read() => ConfigReader.Read(_environment, _scratch.Path, ConfigFile);
}
