using Tether.Protocol.Model;
using Tether.Protocol.Wire;
using Tether.Tui.Tests.Support;
using Xunit;

namespace Tether.Tui.Tests.Dashboard.Actions;

public sealed class CreateActionTests : IDisposable
{
    private readonly string _directory = Directory.CreateDirectory(Path.Combine(TestEnvironment.NewPath(), "project")).FullName;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public void Enter_alone_starts_a_shell_in_the_focused_session_s_directory_and_goes_there()
    {
        using var rig = Rig().Press("c", "enter");
        var request = rig.Desk.All<CreateRequest>().Single();
        Assert.Equal(("shell", _directory, null), (request.Provider, request.Directory, request.Title));
        Assert.Empty(request.Arguments);
        Assert.NotEmpty(request.Environment!);
        Assert.Equal((80, 24), (request.Columns, request.Rows));
        Assert.Equal("new", rig.State.Focused);
        Assert.Null(rig.State.Popup);
        Assert.NotNull(rig.Context.FocusedReplica);
    }

    [Fact]
    public void A_new_session_gets_the_room_that_the_tiles_have()
    {
        using var rig = Rig().Resize(160, 50).Press("c", "enter");
        var request = rig.Desk.All<CreateRequest>().Single();
        Assert.Equal((rig.State.Layout!.Tiles.Columns - 2, rig.State.Layout.Tiles.Rows - 2), (request.Columns, request.Rows));
    }

    [Fact]
    public void Agent_directory_title_and_prompt_are_asked_for()
    {
        using var rig = Rig().Press("c", "ctrl-u").Type("codex").Press("tab", "ctrl-u").Type("/").Press("tab").Type("fix it").Press("tab").Type("Mend the parser").Press("enter");
        var request = rig.Desk.All<CreateRequest>().Single();
        Assert.Equal(("codex", "/", "fix it"), (request.Provider, request.Directory, request.Title));
        Assert.Equal(["Mend the parser"], request.Arguments);
        Assert.Empty(rig.Desk.All<InputRequest>());
    }

    [Fact]
    public void Tab_completes_the_agent_and_the_directory()
    {
        using var rig = Rig().Press("c", "ctrl-u").Type("ope").Press("tab", "tab", "ctrl-u").Type(_directory[..^3]).Press("tab", "enter");
        var request = rig.Desk.All<CreateRequest>().Single();
        Assert.Equal(("opencode", _directory + "/"), (request.Provider, request.Directory));
    }

    [Theory]
    [InlineData("emacs", "/", "there is no agent `emacs`")]
    [InlineData("shell", "here", "the directory must begin with / or ~")]
    [InlineData("shell", "/no/such/place", "there is no such directory")]
    public void What_cannot_be_started_is_said_in_the_dialog(string agent, string directory, string wrong)
    {
        using var rig = Rig().Press("c", "ctrl-u").Type(agent).Press("tab", "ctrl-u").Type(directory).Press("enter");
        Assert.Contains(wrong, rig.Text, StringComparison.Ordinal);
        Assert.NotNull(rig.State.Popup);
        Assert.Empty(rig.Desk.All<CreateRequest>());
    }

    [Fact]
    public void A_refusal_of_the_daemon_keeps_what_was_written_to_be_corrected()
    {
        using var rig = Rig();
        rig.Desk.Refuse<CreateRequest>("codex is not installed");
        rig.Press("c", "ctrl-u").Type("codex").Press("enter");
        Assert.Contains("codex is not installed", rig.Text, StringComparison.Ordinal);
        Answer(rig);
        rig.Press("ctrl-u").Type("shell").Press("enter");
        Assert.Equal(["codex", "shell"], rig.Desk.All<CreateRequest>().Select(request => request.Provider));
        Assert.Null(rig.State.Popup);
    }

    [Fact]
    public void A_first_prompt_is_typed_where_the_program_takes_none_as_an_argument()
    {
        using var rig = Rig().Press("c", "tab", "down", "down").Type("make").Press("enter");
        Assert.Empty(rig.Desk.All<CreateRequest>().Single().Arguments);
        Assert.Equal("idle", rig.Desk.All<WaitRequest>().Single().For);
        var typed = rig.Desk.All<InputRequest>().Single();
        Assert.Equal(("new", "make", true), (typed.Session, typed.Text, typed.Enter));
        Assert.Equal("new: first prompt submitted", rig.Message);
    }

    [Fact]
    public void A_prompt_that_could_not_be_typed_is_said()
    {
        using var rig = Rig();
        rig.Desk.Refuse<InputRequest>("somebody else is in control");
        rig.Press("c", "tab", "down", "down").Type("make").Press("enter");
        Assert.Equal("new: first prompt not sent: somebody else is in control", rig.Message);
    }

    [Fact]
    public void The_first_session_of_all_is_started_from_the_empty_state()
    {
        using var rig = Answer(new DashboardRig()).Begin().Press("c").Press("enter");
        Assert.Equal("new", rig.State.Focused);
        Assert.NotNull(rig.State.SlotOf("new"));
    }

    private DashboardRig Rig() => Answer(new DashboardRig()).Sessions(DashboardRig.Record("a") with { Directory = _directory });

    private static DashboardRig Answer(DashboardRig rig)
    {
        rig.Desk.On<CreateRequest>(request =>
        {
            var created = DashboardRig.Record("new", 0) with { Provider = request.Provider, State = SessionState.Running };
            rig.Desk.Put(created);
            return new SessionReply { Re = request.Id, Session = created };
        });
        return rig;
    }
}
