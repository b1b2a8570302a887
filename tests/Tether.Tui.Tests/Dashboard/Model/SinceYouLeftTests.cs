using Tether.Protocol.Model;
using Tether.Protocol.Terminal;
using Tether.Tui.Dashboard.Model;
using Xunit;

namespace Tether.Tui.Tests.Dashboard.Model;

public sealed class SinceYouLeftTests
{
    private static readonly DateTimeOffset Left = Story.Start;

    private readonly Story _story = new Story().Sessions("a").Looks("a").Passes(1);

    [Fact]
    public void Everything_that_is_known_is_told()
    {
        _story.Fleet.Looked("a", new Look(Left, 0, 100));
        _story.Passes(60).Happens("a", "prompt", "D 0").Happens("a", "prompt", "D 0").Happens("a", "prompt", "D 2");
        _story.Passes(600).Ends("a").Passes(180);

        Assert.Equal(
            "since you left 14m ago: 320 lines, 2 commands ok, 1 failed (exit 2), 5 files changed, finished 3m ago",
            Text(row: 420, files: 5));
    }

    [Fact]
    public void Nothing_is_told_when_nothing_happened()
    {
        _story.Passes(600);

        Assert.Null(Text());
    }

    [Fact]
    public void Bytes_are_told_where_lines_are_not_known()
    {
        _story.Fleet.Printed("a", _story.Now, 34_567);

        Assert.Equal("since you left <1m ago: 34 kB", Text());
    }

    [Fact]
    public void One_of_a_kind_is_told_in_the_singular()
    {
        _story.Fleet.Looked("a", new Look(Left, 0, 100));
        _story.Happens("a", "prompt", "D 0");

        Assert.Equal("since you left <1m ago: 1 line, 1 command ok, 1 file changed", Text(row: 101, files: 1));
    }

    [Fact]
    public void Failures_alone_name_the_commands()
    {
        _story.Happens("a", "prompt", "D 1").Happens("a", "prompt", "D 130");

        Assert.Equal("since you left <1m ago: 2 commands failed (last exit 130)", Text());
    }

    [Fact]
    public void A_wait_is_told()
    {
        _story.Works("a", 6).Passes(120);

        Assert.EndsWith(": waiting for 2m", Text());
    }

    [Fact]
    public void A_question_is_told()
    {
        _story.Happens("a", "bell").Passes(240);

        Assert.EndsWith(": asked for you 4m ago", Text());
    }

    [Fact]
    public void How_it_failed_is_told()
    {
        _story.Ends("a", 3).Passes(120);

        Assert.EndsWith(": failed 2m ago (exit 3)", Text());
    }

    [Fact]
    public void How_it_was_lost_is_told()
    {
        _story.Ends("a", null, null, "the machine was restarted", SessionState.Lost).Passes(120);

        Assert.EndsWith(": lost 2m ago (the machine was restarted)", Text());
    }

    [Fact]
    public void An_end_that_was_seen_is_not_told_again()
    {
        _story.Ends("a", 3).Passes(5).Looks("a").Passes(600);

        Assert.Null(Text());
    }

    [Fact]
    public void The_text_stays_the_same_until_it_is_said_to_change()
    {
        _story.Ends("a", 3).Passes(17);
        var absence = _story.Fleet.AbsenceFrom("a")!;
        var now = _story.Now;
        for (var i = 0; i < 200; i++)
        {
            var change = SinceYouLeft.NextChange(absence, now);

            Assert.Equal(SinceYouLeft.Text(absence, now), SinceYouLeft.Text(absence, change.AddTicks(-1)));
            Assert.NotEqual(SinceYouLeft.Text(absence, now), SinceYouLeft.Text(absence, change));
            now = change;
        }
    }

    private string? Text(long? row = null, int? files = null) => SinceYouLeft.Text(_story.Fleet.AbsenceFrom("a", row, files)!, _story.Now);
}
