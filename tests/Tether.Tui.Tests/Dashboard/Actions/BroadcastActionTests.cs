using Tether.Protocol.Wire;
using Tether.Tui.Dashboard.Settings;
using Xunit;

namespace Tether.Tui.Tests.Dashboard.Actions;

public sealed class BroadcastActionTests
{
    [Fact]
    public void The_focused_session_is_chosen_and_others_can_be()
    {
        using var rig = DashboardRig.With("a", "b", "c").Press("tab", "b").Type("run the tests").Press("tab", "space", "enter");
        Assert.Equal([("a", "run the tests", true), ("b", "run the tests", true)], rig.Desk.All<InputRequest>().Select(input => (input.Session, input.Text, input.Enter)));
    }

    [Fact]
    public void Each_receipt_is_shown_as_it_comes()
    {
        using var rig = DashboardRig.With("a", "b", "c", "d");
        rig.Desk.On<InputRequest>(request => request.Session switch
        {
            "a" => new InputReply { Re = request.Id, Receipt = "submitted" },
            "b" => new InputReply { Re = request.Id, Receipt = "unconfirmed" },
            "c" => new ErrorReply { Re = request.Id, Code = ErrorCode.ControlTaken, Message = "laptop is in control" },
            _ => null,
        });
        rig.Press("b").Type("go").Press("tab", "a", "enter");
        Assert.Contains("Sent to 4 sessions", rig.Text, StringComparison.Ordinal);
        Assert.Contains("waiting …", rig.Text, StringComparison.Ordinal);
        Assert.Contains("submitted: its screen changed after Enter", rig.Text, StringComparison.Ordinal);
        Assert.Contains("typed, but nothing changed on its screen", rig.Text, StringComparison.Ordinal);
        Assert.Contains("laptop is in control", rig.Text, StringComparison.Ordinal);

        var open = rig.Desk.All<InputRequest>().Single(input => input.Session == "d");
        rig.Come(new InputReply { Re = open.Id, Receipt = "submitted" });
        Assert.Contains("Enter closes", rig.Text, StringComparison.Ordinal);
        rig.Press("enter");
        Assert.Null(rig.State.Popup);
    }

    [Fact]
    public void Neither_an_empty_prompt_nor_nobody_is_accepted()
    {
        using var rig = DashboardRig.With("a").Press("b", "enter");
        Assert.Contains("the prompt is empty", rig.Text, StringComparison.Ordinal);
        rig.Type("go").Press("tab", "space", "enter");
        Assert.Contains("no session is chosen", rig.Text, StringComparison.Ordinal);
        Assert.Empty(rig.Desk.All<InputRequest>());
    }

    [Fact]
    public void Ended_sessions_and_the_own_one_are_not_offered()
    {
        using var rig = new DashboardRig(ownSession: "own").Sessions("own", "b").Ends("b").Press("b");
        Assert.Equal("no session runs that could be told something", rig.Message);
        Assert.Equal(DashboardMode.Navigate, rig.State.Mode);
        Assert.Null(rig.State.Popup);
    }

    [Fact]
    public void A_paste_of_several_lines_is_one_prompt()
    {
        using var rig = DashboardRig.With("a").Press("b").Paste("one\n", "two\n").Press("enter");
        Assert.Equal("one\ntwo", rig.Desk.All<InputRequest>().Single().Text);
    }
}
