using Tether.Tui.Dashboard.Model;
using Tether.Tui.Dashboard.Settings;
using Tether.Tui.Tests.Dashboard.Link;
using Tether.Tui.Tests.Support;
using Xunit;

namespace Tether.Tui.Tests.Dashboard.Model;

public sealed class AbsenceNotesTests
{
    [Fact]
    public void The_focused_tile_says_what_happened_until_the_person_came()
    {
        using var rig = Left("a", minutes: 14, row: 20).Pass(0);
        Assert.Contains("since you left 14m ago: 40 lines", rig.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void It_stays_while_one_looks_and_is_gone_when_one_comes_back()
    {
        using var rig = Left("a", minutes: 14, row: 20).Pass(5);
        Assert.Contains("since you left", rig.Text, StringComparison.Ordinal);
        rig.Press("tab", "shift-tab");
        Assert.DoesNotContain("since you left", rig.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_is_said_of_a_session_that_printed_nothing_or_was_never_looked_at()
    {
        using var rig = new DashboardRig();
        rig.Context.Book.Looked("a", new Look(DashboardRig.Start.AddMinutes(-14), 100, 60));
        rig.Sessions("a", "b");
        Assert.DoesNotContain("since you left", rig.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_other_tiles_only_longer_absences_are_said()
    {
        using var rig = DashboardRig.With("a", "b").Press("tab").Pass(2).Press("tab").Prints("b", "x\r\ny\r\n").Pass(30);
        Assert.DoesNotContain("since you left", rig.Text, StringComparison.Ordinal);
        rig.Pass(40);
        Assert.Contains("since you left 1m ago", rig.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_is_said_while_somebody_types()
    {
        using var rig = Left("b", minutes: 14, row: 20).Press("enter");
        Assert.DoesNotContain("since you left", rig.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Files_that_git_tells_of_are_counted_in_the_background()
    {
        using var repository = new GitRepository();
        repository.Write("one.cs", "one", DashboardRig.Start.AddHours(-2));
        repository.Commit(DashboardRig.Start.AddHours(-2));
        repository.Write("one.cs", "changed", DashboardRig.Start.AddMinutes(-3));
        repository.Write("two.cs", "new", DashboardRig.Start.AddMinutes(-2));
        TestEnvironment.Link(GitRepository.Git);
        using var rig = Left("a", minutes: 14, row: 20, directory: repository.Folder).Do(DashboardCommand.LayoutSingle);
        Assert.Contains("since you left 14m ago: 40 lines, 2 files changed", rig.Text, StringComparison.Ordinal);
    }

    // Three sessions, the focused one of which printed 40 lines since somebody looked at it.
    private static DashboardRig Left(string session, int minutes, long row, string directory = "/")
    {
        var rig = new DashboardRig();
        rig.Context.Book.Looked(session, new Look(DashboardRig.Start.AddMinutes(-minutes), 100, row));
        var left = DashboardRig.Record(session) with { Offset = 5000, OutputRow = 60, WorkingDirectory = directory };
        return rig.Sessions(DashboardRig.Record("0") with { Directory = "/" }, left, DashboardRig.Record("z") with { Directory = "/" }).Press("1", "2");
    }
}
