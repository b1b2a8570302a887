using System.Text;
using Tether.Daemon.Server;
using Tether.Protocol.Terminal;
using Tether.Protocol.Wire;
using Tether.Testing.Terminal;
using Xunit;

namespace Tether.Daemon.Tests.Server;

public sealed class CapturesTests : IDisposable
{
    private const int All = -1;
    private readonly SessionRig _rig = new(columns: 60, rows: 14);

    public void Dispose() => _rig.Dispose();

    [Theory]
    [InlineData("git.60x14")]
    [InlineData("tmux-inside.60x14")]
    public void What_a_recording_left_is_painted_as_it_is(string recording)
    {
        _rig.Print(Encoding.UTF8.GetString(File.ReadAllBytes(Repository.Path($"tests/recordings/{recording}.raw"))));
        var (captured, live) = Capture(All);
        Assert.Equal(live, StateOf(Paint(captured)));
    }

    [Fact]
    public void Scrollback_styles_wrapped_lines_and_the_cursor_are_all_there()
    {
        Fill();
        var (captured, live) = Capture(All);
        var painted = Paint(captured);
        Assert.Equal(live, StateOf(painted));
        Assert.Equal((captured.CursorRow, captured.CursorColumn), painted.Cursor);
        Assert.True(painted.ScrollbackCount > 50);
    }

    [Fact]
    public void No_more_scrollback_comes_than_was_asked_for_and_it_is_the_newest()
    {
        Fill();
        var painted = Paint(Capture(10).Captured);
        var whole = Paint(Capture(All).Captured);
        Assert.Equal(10, painted.ScrollbackCount);
        Assert.Equal(Rows(whole)[^24..], Rows(painted));
        Assert.Equal(0, Paint(Capture(0).Captured).ScrollbackCount);
    }

    [Fact]
    public void Prompts_are_where_they_were()
    {
        Fill();
        var painted = Paint(Capture(All).Captured);
        var rows = painted.PromptMarks.Where(mark => mark.Kind == PromptMarkKind.Prompt).Select(mark => painted.GetText(painted.RowAt(mark.Row)).TrimEnd());
        Assert.Equal(["$ make 1", "$ make 2", "$ make 3"], rows);
    }

    [Fact]
    public void The_row_of_output_counts_from_the_session_s_first_one()
    {
        Fill();
        var before = Capture(0).Captured.OutputRow;
        _rig.Print("\r\none\r\ntwo\r\n");
        Assert.Equal(before + 3, Capture(0).Captured.OutputRow);
    }

    [Fact]
    public void The_alternate_screen_is_painted_with_what_is_behind_it()
    {
        Fill();
        _rig.Print("\e[?1049h\e[2J\e[3;4Hfull screen");
        var (captured, live) = Capture(All);
        var painted = Paint(captured);
        Assert.True(painted.IsAlternateScreen);
        Assert.Equal(live, StateOf(painted));
        painted.Feed("\e[?1049l"u8);
        Assert.Contains("$ make 3", Rows(painted));
    }

    [Fact]
    public void A_session_that_has_ended_is_painted_from_its_journal()
    {
        Fill();
        var live = Capture(All).Captured;
        var record = _rig.End();
        var ended = Captures.Of(_rig.Start.Reread(record), All, Captures.WriterOf("vt")!);
        Assert.Equal(StateOf(Paint(live)), StateOf(Paint(ended)));
        Assert.Equal(live.OutputRow, ended.OutputRow);
    }

    [Theory]
    [InlineData("text")]
    [InlineData("ansi")]
    [InlineData("json")]
    [InlineData("html")]
    [InlineData("svg")]
    [InlineData("vt")]
    public void Each_format_that_is_promised_shows_the_text(string format)
    {
        _rig.Print("hello");
        Assert.Contains(format, Captures.Formats, StringComparison.Ordinal);
        var captured = Captured(0, format);
        Assert.Contains("hello", captured.Text, StringComparison.Ordinal);
        Assert.Equal((60, 14, 0, 5), (captured.Columns, captured.Rows, captured.CursorRow, captured.CursorColumn));
    }

    [Fact]
    public void Another_format_is_not_known() => Assert.Null(Captures.WriterOf("pdf"));

    private void Fill()
    {
        for (var command = 1; command <= 3; command++)
        {
            var lines = Enumerable.Range(1, 20).Select(line => $"\e[3{line % 8}mline {line} 漢字 \e[1;4mbold\e[0m {new string('w', line * 3)}\r\n");
            _rig.Print($"\e]133;A\a$ make {command}\e]133;B\a\r\n\e]133;C\a{string.Concat(lines)}\e]133;D;0\a");
        }

        _rig.Print("\e[?2004h\e[5 q\e[?25lrest");
    }

    private (CaptureReply Captured, string Live) Capture(int scrollback)
    {
        var live = "";
        var captured = _rig.Ask(() =>
        {
            live = StateOf(_rig.Session.Emulator);
            return Captures.Of(_rig.Session.Emulator, scrollback, Captures.WriterOf("vt")!);
        });
        return (captured, live);
    }

    private CaptureReply Captured(int scrollback, string format) => _rig.Ask(() => Captures.Of(_rig.Session.Emulator, scrollback, Captures.WriterOf(format)!));

    private static TerminalEmulator Paint(CaptureReply captured)
    {
        var fresh = new TerminalEmulator(new TerminalOptions { Columns = captured.Columns, Rows = captured.Rows, ScrollbackRows = 1000 });
        fresh.Feed(Encoding.UTF8.GetBytes(captured.Text));
        return fresh;
    }

    private static string StateOf(TerminalEmulator emulator) => StateText.Of(emulator, 1000);

    private static string[] Rows(TerminalEmulator emulator)
    {
        var rows = new List<string>();
        for (var row = emulator.FirstRow; row < emulator.TopRow + emulator.Rows; row++)
        {
            rows.Add(emulator.GetText(emulator.RowAt(row)).TrimEnd());
        }

        return [.. rows];
    }
}
