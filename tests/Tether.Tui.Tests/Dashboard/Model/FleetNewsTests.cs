using Tether.Protocol.Model;
using Tether.Tui.Dashboard.Model;
using Xunit;

namespace Tether.Tui.Tests.Dashboard.Model;

public sealed class FleetNewsTests
{
    private static readonly SessionRecord EndedAnHourAgo =
        Story.Record("a", -7200) with { State = SessionState.Exited, ExitCode = 1, EndedAt = Story.Start.AddHours(-1) };

    [Fact]
    public void The_first_dashboard_has_the_news_of_a_day()
    {
        Assert.Equal([AttentionKind.Failed], new Story().Sessions(EndedAnHourAgo).Kinds);
        Assert.Empty(new Story().Sessions(EndedAnHourAgo with { CreatedAt = Story.Start.AddDays(-3), EndedAt = Story.Start.AddDays(-2) }).Kinds);
    }

    [Fact]
    public void What_ended_since_the_last_dashboard_is_news()
    {
        var book = new LookedBook();
        book.Left(Story.Start.AddHours(-1.5));

        Assert.Equal([AttentionKind.Failed], new Story(book).Sessions(EndedAnHourAgo).Kinds);
    }

    [Fact]
    public void What_ended_before_I_looked_is_no_news()
    {
        var book = new LookedBook();
        book.Looked("a", new Look(Story.Start.AddMinutes(-5), 0));

        Assert.Empty(new Story(book).Sessions(EndedAnHourAgo).Kinds);
    }

    [Fact]
    public void What_came_and_ended_while_the_dashboard_ran_is_news()
    {
        var story = new Story().Sessions("b").Passes(60);

        story.Fleet.Update(Story.Record("a", 10) with { State = SessionState.Exited, ExitCode = 0, EndedAt = Story.Start.AddSeconds(20) }, story.Now);

        Assert.Equal([AttentionKind.Finished], story.Kinds);
    }

    [Fact]
    public void What_worked_on_after_I_left_and_is_silent_now_waits()
    {
        var book = new LookedBook();
        book.Looked("a", new Look(Story.Start.AddMinutes(-30), 100));

        var story = new Story(book).Sessions(Story.Record("a") with { LastOutputAt = Story.Start.AddMinutes(-20), Offset = 5000 });

        Assert.Equal(SessionStatus.WaitingQuietly, story.Status("a"));
    }

    [Fact]
    public void A_look_is_written_into_the_book()
    {
        var story = new Story().Sessions("a");

        story.Fleet.Looked("a", new Look(story.Now, 77, 12));

        Assert.Equal(new Look(story.Now, 77, 12), story.Book.Find("a"));
    }

    [Fact]
    public void Sessions_that_are_gone_leave_the_book()
    {
        var story = new Story().Sessions("a", "b").Looks("a").Looks("b").Sessions("b");

        Assert.Equal(["b"], story.Book.Looks.Keys);
    }

    [Fact]
    public void An_absence_counts_commands_and_bytes_since_the_look()
    {
        var story = new Story().Sessions("a").Happens("a", "prompt", "D 1").Passes(1).Looks("a").Passes(1);
        story.Happens("a", "prompt", "D 0").Happens("a", "prompt", "A").Happens("a", "prompt", "B").Happens("a", "prompt", "C").Happens("a", "prompt", "D 2").Fleet.Printed("a", story.Now, 1234);

        var absence = story.Fleet.AbsenceFrom("a")!;

        Assert.Equal(new CommandTally(Succeeded: 1, Failed: 1, LastFailure: 2), absence.Commands);
        Assert.Equal(1234, absence.BytesPrinted);
    }

    [Fact]
    public void An_empty_line_at_the_prompt_is_no_command()
    {
        var story = new Story().Sessions("a").Happens("a", "prompt", "A").Happens("a", "prompt", "B").Passes(1).Looks("a").Passes(1);
        story.Happens("a", "prompt", "D 0").Happens("a", "prompt", "A").Happens("a", "prompt", "B").Happens("a", "prompt", "D");

        Assert.Equal((0, 0), (story.Fleet.AbsenceFrom("a")!.Commands.Succeeded, story.Fleet.AbsenceFrom("a")!.Commands.Failed));
    }

    [Fact]
    public void A_command_that_ran_when_the_person_looked_counts_when_it_ends()
    {
        var story = new Story().Sessions("a").Happens("a", "prompt", "A").Happens("a", "prompt", "B").Happens("a", "prompt", "C").Passes(1).Looks("a").Passes(1);
        story.Happens("a", "prompt", "D 3");

        Assert.Equal(new CommandTally(Succeeded: 0, Failed: 1, LastFailure: 3), story.Fleet.AbsenceFrom("a")!.Commands);
    }

    [Fact]
    public void Nobody_was_absent_from_a_session_never_looked_at() => Assert.Null(new Story().Sessions("a").Fleet.AbsenceFrom("a"));
}
