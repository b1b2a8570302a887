using Tether.Tui.Dashboard.Settings;
using Xunit;

namespace Tether.Tui.Tests.Dashboard.Actions;

public sealed class DashboardActionsTests
{
    public static TheoryData<string> Commands => [.. Enum.GetNames<DashboardCommand>().Where(name => name != nameof(DashboardCommand.Leave))];

    [Theory]
    [MemberData(nameof(Commands))]
    public void Every_command_is_carried_out_by_exactly_one_group(string name)
    {
        var command = Enum.Parse<DashboardCommand>(name);
        var takers = 0;
        for (var group = 0; group < GroupCount; group++)
        {
            using var rig = InSituation(command);
            takers += rig.Actions.Groups[group].TryDo(command) ? 1 : 0;
        }

        Assert.Equal(1, takers);
    }

    [Fact]
    public void Leave_goes_back_to_navigating_from_every_mode()
    {
        using var rig = DashboardRig.With("a");
        foreach (var way in new[] { DashboardCommand.Type, DashboardCommand.Scroll, DashboardCommand.Queue })
        {
            rig.Pass(1).Happens("a", "bell").Do(way);
            Assert.NotEqual(DashboardMode.Navigate, rig.State.Mode);
            rig.Do(DashboardCommand.Leave);
            Assert.Equal(DashboardMode.Navigate, rig.State.Mode);
        }
    }

    [Theory]
    [InlineData(nameof(DashboardCommand.Type))]
    [InlineData(nameof(DashboardCommand.Rename))]
    [InlineData(nameof(DashboardCommand.Zoom))]
    [InlineData(nameof(DashboardCommand.Grow))]
    public void What_needs_a_session_says_so_without_one(string command)
    {
        using var rig = new DashboardRig().Begin();
        rig.Do(Enum.Parse<DashboardCommand>(command));
        Assert.Equal("there is no session", rig.State.Message);
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public void Every_command_can_be_given_where_there_is_no_session(string command)
    {
        using var rig = new DashboardRig().Begin();
        rig.Do(Enum.Parse<DashboardCommand>(command));
        Assert.Equal(DashboardMode.Navigate, rig.State.Mode);
    }

    private static int GroupCount
    {
        get
        {
            using var rig = new DashboardRig();
            return rig.Actions.Groups.Count;
        }
    }

    // What has keys only in a history is given there.
    private static DashboardRig InSituation(DashboardCommand command)
    {
        var rig = DashboardRig.With("a", "b");
        var entry = CommandTable.Of(command);
        return entry.KeysIn(DashboardMode.Scroll).Count > 0 && entry.KeysIn(DashboardMode.Navigate).Count == 0 ? rig.Press("pgup") : rig;
    }
}
