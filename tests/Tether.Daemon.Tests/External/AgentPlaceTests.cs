using Tether.Daemon.External;
using Tether.Daemon.Server.Api;
using Tether.Daemon.Sessions;
using Tether.Protocol.Model;
using Xunit;

namespace Tether.Daemon.Tests.External;

public sealed class AgentPlaceTests : IDisposable
{
    private readonly ScratchDirectory _scratch = new();
    private readonly SessionTable _table = new();
    private readonly string _home;

    public AgentPlaceTests()
    {
        _home = Directory.CreateDirectory(_scratch.File("home")).FullName;
        Directory.CreateDirectory(_scratch.File("home/work"));
        Directory.CreateDirectory(_scratch.File("homeless"));
        Directory.CreateDirectory(_scratch.File("elsewhere/inside"));
        Directory.CreateSymbolicLink(_scratch.File("home/out"), _scratch.File("elsewhere"));
        Directory.CreateSymbolicLink(_scratch.File("home/in"), "./work");
        Directory.CreateSymbolicLink(_scratch.File("home/round"), "round");
    }

    public void Dispose() => _scratch.Dispose();

    [Theory]
    [InlineData("home", "home")]
    [InlineData("home/work", "home/work")]
    [InlineData("home/work/../work/.", "home/work")]
    [InlineData("home/in", "home/work")]
    [InlineData("home/work/", "home/work")]
    public void Places_in_the_home_are_taken_as_they_really_are(string directory, string real) =>
        Assert.Equal(_scratch.File(real), AgentPlace.Check(_scratch.Path + "/" + directory, _home, _table));

    [Theory]
    [InlineData("homeless")]
    [InlineData("elsewhere")]
    [InlineData("home/../elsewhere")]
    [InlineData("home/out")]
    [InlineData("home/out/inside")]
    [InlineData("home/round")]
    [InlineData("home/nothing")]
    [InlineData("home/wo%72k/../../elsewhere")]
    public void Other_places_are_refused_whether_they_exist_or_not(string directory)
    {
        var refusal = Assert.Throws<ApiError>(() => AgentPlace.Check(_scratch.Path + "/" + directory, _home, _table));
        Assert.Equal((422, "directory: a folder in the home directory, or where another session runs"), (refusal.Status, refusal.Message));
    }

    [Theory]
    [InlineData("work")]
    [InlineData("../elsewhere")]
    [InlineData("~")]
    [InlineData("/tmp\0")]
    public void It_must_be_absolute(string directory) => Assert.Equal(422, Assert.Throws<ApiError>(() => AgentPlace.Check(directory, _home, _table)).Status);

    [Fact]
    public void Where_the_user_has_started_a_session_an_agent_may_say_that_it_works()
    {
        var record = new SessionRecord { Id = "one", Title = "one", Provider = "shell", Directory = _scratch.File("elsewhere") };
        _table.Remember(record);
        Assert.Equal(_scratch.File("elsewhere/inside"), AgentPlace.Check(_scratch.File("elsewhere/inside"), _home, _table));

        _table.Remember(record with { External = new ExternalAgent { Name = "x" } });
        Assert.Throws<ApiError>(() => AgentPlace.Check(_scratch.File("elsewhere"), _home, _table));
    }
}
