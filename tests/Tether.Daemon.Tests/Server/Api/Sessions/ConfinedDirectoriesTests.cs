using Tether.Daemon.Server;
using Tether.Daemon.Server.Api.Sessions;
using Tether.Daemon.Sessions;
using Tether.Protocol.Model;
using Tether.Protocol.Wire;
using Xunit;

namespace Tether.Daemon.Tests.Server.Api.Sessions;

public sealed class ConfinedDirectoriesTests : IDisposable
{
    private readonly ScratchDirectory _scratch = new();
    private readonly SessionTable _table = new();
    private readonly string _home;

    public ConfinedDirectoriesTests()
    {
        _home = Directory.CreateDirectory(_scratch.File("home")).FullName;
        Directory.CreateDirectory(_scratch.File("home2"));
        Directory.CreateDirectory(_scratch.File("else/below"));
        Directory.CreateDirectory(_scratch.File("home/in"));
        Directory.CreateSymbolicLink(_scratch.File("home/out"), "../else");
        Directory.CreateSymbolicLink(_scratch.File("home/round"), "round");
        Directory.CreateSymbolicLink(_scratch.File("way"), _home);
    }

    public void Dispose() => _scratch.Dispose();

    [Theory]
    [InlineData("~", "home")]
    [InlineData("~/in", "home/in")]
    [InlineData("~/not/there", "home/not/there")]
    [InlineData("HERE/home/in/../in", "home/in")]
    [InlineData("HERE/way/in", "home/in")]
    [InlineData("HERE/home/out/../home/in", "home/in")]
    public void What_lies_in_the_home_is_told_by_its_real_path(string given, string real) => Assert.Equal(_scratch.File(real), Directories().Confine(Here(given)));

    [Theory]
    [InlineData("HERE/home/..")]
    [InlineData("HERE/home2")]
    [InlineData("HERE/home/out")]
    [InlineData("HERE/home/out/below")]
    [InlineData("HERE/home/out/..")]
    [InlineData("HERE/home/round")]
    [InlineData("~/../else")]
    [InlineData("/etc")]
    [InlineData("/")]
    [InlineData("in")]
    [InlineData("../home/in")]
    [InlineData("")]
    [InlineData("~root")]
    [InlineData("HERE/home/a\nb")]
    public void What_lies_elsewhere_is_refused(string given) => Assert.Equal(ErrorCode.BadDirectory, Assert.Throws<RequestError>(() => Directories().Confine(Here(given))).Code);

    [Fact]
    public void Where_sessions_were_started_and_what_is_configured_counts_too_but_not_what_an_agent_said_of_itself()
    {
        var now = DateTimeOffset.UnixEpoch;
        _table.Remember(new SessionRecord { Id = "a", Title = "", Provider = "shell", Directory = _scratch.File("else"), CreatedAt = now });
        _table.Remember(new SessionRecord { Id = "b", Title = "", Provider = "", Directory = "/etc", CreatedAt = now, External = new ExternalAgent { Name = "x" } });
        Assert.Equal(_scratch.File("else/below"), Directories().Confine(_scratch.File("else/below")));
        Assert.Equal(_scratch.File("home2"), Directories(_scratch.File("home2")).Confine(_scratch.File("home2")));
        Assert.Throws<RequestError>(() => Directories().Confine("/etc"));
    }

    private ConfinedDirectories Directories(params string[] configured) => new(_table, _home, configured);

    private string Here(string given) => given.Replace("HERE", _scratch.Path, StringComparison.Ordinal);
}
