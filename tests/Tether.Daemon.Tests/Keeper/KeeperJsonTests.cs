using System.Text;
using Tether.Daemon.Keeper;
using Xunit;

namespace Tether.Daemon.Tests.Keeper;

/// <summary>Keepers outlive daemons: what is written here is what those of all versions write and read.</summary>
public sealed class KeeperJsonTests
{
    [Theory]
    [InlineData("""{"type":"spawned","session":"a1","processId":12,"startTime":9000000000}""")]
    [InlineData("""{"type":"refused","session":"a1","reason":"no such file","errno":2}""")]
    [InlineData("""{"type":"list"}""")]
    [InlineData("""{"type":"held","session":"a1","processId":12,"startTime":34,"hasExited":false}""")]
    [InlineData("""{"type":"held","session":"a1","processId":12,"startTime":34,"hasExited":true,"exitCode":0}""")]
    [InlineData("""{"type":"held","session":"a1","processId":12,"startTime":34,"hasExited":true,"signal":9}""")]
    [InlineData("""{"type":"listed","keeperProcessId":77}""")]
    [InlineData("""{"type":"adopt","session":"a1","processId":12,"startTime":34}""")]
    [InlineData("""{"type":"exited","session":"a1","exitCode":3}""")]
    [InlineData("""{"type":"exited","session":"a1","signal":15}""")]
    [InlineData("""{"type":"exited","session":"a1"}""")]
    [InlineData("""{"type":"release","session":"a1"}""")]
    [InlineData("""{"type":"leave"}""")]
    [InlineData("""{"type":"spawn","session":"a1","path":"/bin/sh","arguments":["sh","-c","echo \"é\""],"environment":["A=1"],"directory":"/tmp","columns":80,"rows":24,"fileLimit":1024,"umask":18}""")]
    public void What_is_read_is_written_alike(string json) => Assert.Equal(json, Written(Read(json)));

    [Fact]
    public void What_earlier_versions_escaped_is_read() =>
        Assert.Equal(new KeeperMessage.Refused("a1", "\u0022é\u0022", 2), Read("""{"type":"refused","session":"a1","reason":"\u0022\u00E9\u0022","errno":2}"""));

    [Fact]
    public void A_spawn_comes_back_as_it_was()
    {
        var spawn = new KeeperMessage.Spawn
        {
            Session = "a1",
            Path = "/bin/ä \"quoted\"",
            Arguments = ["sh", "", "two\nlines"],
            Environment = [],
            Directory = "/",
            Columns = 500,
            Rows = 1,
        };
        var read = Assert.IsType<KeeperMessage.Spawn>(Read(Written(spawn)));
        Assert.Equal((spawn.Path, spawn.Directory, spawn.Columns, spawn.Rows, 0, -1), (read.Path, read.Directory, read.Columns, read.Rows, read.FileLimit, read.Umask));
        Assert.Equal(spawn.Arguments, read.Arguments);
        Assert.Empty(read.Environment);
    }

    [Fact]
    public void Members_of_later_versions_are_ignored_and_those_of_no_earlier_one_are_missed()
    {
        var read = Read("""{"type":"spawn","session":"a1","path":"/x","arguments":[],"environment":[],"directory":"/","columns":1,"rows":2,"new":{"a":[1]}}""");
        Assert.Equal((0, -1), read is KeeperMessage.Spawn spawn ? (spawn.FileLimit, spawn.Umask) : default);
        Assert.Equal(new KeeperMessage.Exited("a1", null, 4), Read("""{"type":"exited","session":"a1","exitCode":null,"signal":4}"""));
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"type":1}""")]
    [InlineData("""{"type":"list"}{}""")]
    [InlineData("""{"type":"dance"}""")]
    [InlineData("""{"type":"release"}""")]
    [InlineData("""{"type":"release","session":null}""")]
    [InlineData("""{"type":"listed","keeperProcessId":"7"}""")]
    [InlineData("""{"type":"listed","keeperProcessId":99999999999}""")]
    [InlineData("""{"type":"spawn","session":"a1","path":"/x","arguments":[null],"environment":[],"directory":"/","columns":1,"rows":2}""")]
    public void What_is_no_message_is_told_as_such(string json) => Assert.Throws<FormatException>(() => Read(json));

    private static KeeperMessage Read(string json) => KeeperJson.Decode(Encoding.UTF8.GetBytes(json));

    private static string Written(KeeperMessage message) => Encoding.UTF8.GetString(KeeperJson.Encode(message));
}
