using Tether.Testing.Terminal;
using Xunit;

namespace Tether.Protocol.Tests.Terminal;

/// <summary>Every test of every file in tests/vt-scripts.</summary>
public sealed class ScriptTests
{
    private static readonly Dictionary<string, VtScript> Scripts = Directory
        .EnumerateFiles(Repository.Path("tests/vt-scripts"), "*.vt")
        .SelectMany(VtScript.Load)
        .ToDictionary(script => script.Name);

    public static TheoryData<string> Names => [.. Scripts.Keys.Order()];

    [Theory]
    [MemberData(nameof(Names))]
    public void Script_gives_the_screen_it_says(string name)
    {
        string? difference = Scripts[name].Run();
        Assert.True(difference is null, difference);
    }
}
