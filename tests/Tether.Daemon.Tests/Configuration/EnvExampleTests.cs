using System.Text.RegularExpressions;
using Tether.Daemon.Configuration;
using Xunit;

namespace Tether.Daemon.Tests.Configuration;

public sealed partial class EnvExampleTests
{
    private readonly string _example = SourceTree.Read(".env.example");

    [Fact]
    public void Every_known_key_is_in_the_example_and_the_other_way_round()
    {
        var documented = Setting().Matches(_example).Select(match => match.Groups["key"].Value);
        Assert.Equal(ConfigKeys.All.Select(key => key.Name).Order(StringComparer.Ordinal), documented.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_example_shows_the_defaults()
    {
        using var scratch = new ScratchDirectory();
        var lines = Setting().Matches(_example).Select(match => match.Value[2..]).Where(line => !line.EndsWith('='));
        var file = scratch.Write("config.env", string.Join('\n', lines));

        var config = ConfigReader.Read(new Dictionary<string, string>(), scratch.Path, file);

        Assert.Equal(new TetherConfig { Warnings = config.Warnings }, config);
        Assert.Empty(config.Warnings);
    }

    [GeneratedRegex("^# (?<key>TETHER_[A-Z_]+)=.*$", RegexOptions.Multiline)]
    private static partial Regex Setting();
}
