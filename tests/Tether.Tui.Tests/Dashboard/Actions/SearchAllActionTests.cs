using System.Text.RegularExpressions;
using Tether.Protocol.Wire;
using Tether.Tui.Dashboard.Settings;
using Xunit;

namespace Tether.Tui.Tests.Dashboard.Actions;

public sealed class SearchAllActionTests
{
    [Fact]
    public void Lines_of_all_sessions_that_match_are_shown_the_newest_of_each_first()
    {
        using var rig = Printed().Press("g", "/").Type("error [0-9]").Press("enter");
        Assert.Equal(["a: error 2", "a: error 1", "b: error 3"], Found(rig));
        Assert.Contains("3 matches · Enter goes there · Esc closes", rig.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Results_come_session_by_session()
    {
        using var rig = Printed();
        rig.Desk.On<CaptureRequest>(request => request.Session == "b" ? null : new CaptureReply
        {
            Re = request.Id, Text = "error 1", Columns = 30, Rows = 6, CursorRow = 0, CursorColumn = 0,
        });
        rig.Press("g", "/").Type("error").Press("enter");
        Assert.Equal(["a: error 1"], Found(rig));
        Assert.Contains("searching b …", rig.Text, StringComparison.Ordinal);
        rig.Press("esc");
        Assert.Null(rig.State.Popup);
    }

    [Fact]
    public void Enter_on_a_line_goes_to_it_in_its_session_s_history()
    {
        using var rig = Printed().Press("g", "/").Type("error [0-9]").Press("enter", "down", "enter");
        Assert.Equal((DashboardMode.Scroll, "a"), (rig.State.Mode, rig.State.Focused));
        var history = rig.State.History!;
        Assert.Equal("error 1", history.Emulator.GetText(history.Emulator.RowAt(history.Match!.Value.FirstRow)).TrimEnd());
        Assert.Contains("error 1", rig.Tile("a"));
    }

    [Fact]
    public void A_line_in_another_session_takes_the_focus_there()
    {
        using var rig = Printed().Press("g", "/").Type("error 3").Press("enter", "enter");
        Assert.Equal(("b", DashboardMode.Scroll), (rig.State.Focused, rig.State.Mode));
        Assert.Contains("error 3", rig.Tile("b"));
    }

    [Fact]
    public void A_line_that_is_gone_meanwhile_is_said()
    {
        using var rig = Printed().Press("g", "/").Type("error [0-9]").Press("enter");
        rig.Desk.Printed("a", "nothing of it is left");
        rig.Press("enter");
        Assert.Equal("that line is not there any more", rig.Message);
    }

    [Fact]
    public void An_ended_session_is_searched_and_one_that_refuses_is_passed_over()
    {
        using var rig = Printed().Ends("b");
        rig.Desk.On<CaptureRequest>(request => request.Session == "a"
            ? new ErrorReply { Re = request.Id, Code = ErrorCode.Internal, Message = "no" }
            : new CaptureReply { Re = request.Id, Text = "error 3", Columns = 30, Rows = 6, CursorRow = 0, CursorColumn = 0 });
        rig.Press("g", "/").Type("error").Press("enter");
        Assert.Equal(["b: error 3"], Found(rig));
        Assert.Contains("1 match ·", rig.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Another_expression_begins_anew()
    {
        using var rig = Printed().Press("g", "/").Type("error").Press("enter", "ctrl-u").Type("fine").Press("enter");
        Assert.Equal(["a: fine"], Found(rig));
    }

    [Fact]
    public void A_wrong_expression_and_one_that_matches_nothing_are_said()
    {
        using var rig = Printed().Press("g", "/").Type("(").Press("enter");
        Assert.Contains("Invalid pattern", rig.Text, StringComparison.Ordinal);
        Assert.Empty(rig.Desk.All<CaptureRequest>());
        rig.Press("ctrl-u").Type("nowhere").Press("enter");
        Assert.Contains("nothing matches", rig.Text, StringComparison.Ordinal);
        rig.Press("enter");
        Assert.NotNull(rig.State.Popup);
    }

    private static DashboardRig Printed()
    {
        var rig = DashboardRig.With("a", "b");
        rig.Desk.Printed("a", ["error 1", "fine", "error 2", .. Enumerable.Range(1, 40).Select(i => $"line {i}")]);
        rig.Desk.Printed("b", ["error 3", .. Enumerable.Range(1, 40).Select(i => $"line {i}")]);
        return rig;
    }

    private static IEnumerable<string> Found(DashboardRig rig) =>
        [.. rig.Lines.Select(line => Regex.Match(line, "│[› ] ((a|b): .*?) *│")).Where(match => match.Success).Select(match => match.Groups[1].Value)];
}
