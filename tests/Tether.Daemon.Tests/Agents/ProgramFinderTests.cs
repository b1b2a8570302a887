using Tether.Daemon.Agents;
using Xunit;

namespace Tether.Daemon.Tests.Agents;

public sealed class ProgramFinderTests : IDisposable
{
    private readonly ScratchDirectory _scratch = new();

    public void Dispose() => _scratch.Dispose();

    [Fact]
    public void The_first_executable_file_along_the_path_is_it()
    {
        _scratch.Write("a/tool", "not executable");
        Directory.CreateDirectory(_scratch.File("b/tool"));
        var tool = _scratch.WriteProgram("c/tool");
        _scratch.WriteProgram("d/tool");

        Assert.Equal(tool, Find("tool", "a", "b", "c", "d").Program);
    }

    [Fact]
    public void A_program_that_is_nowhere_comes_with_the_directories_searched()
    {
        var search = Find("tool", "a", "b", "a");
        Assert.Null(search.Program);
        Assert.Equal([_scratch.File("a"), _scratch.File("b")], search.Searched);
    }

    [Fact]
    public void A_path_counts_from_the_sessions_directory()
    {
        var tool = _scratch.WriteProgram("bin/tool");
        Assert.Equal(tool, ProgramFinder.Find("./bin/tool", "/nowhere", _scratch.Path).Program);
        Assert.Equal(tool, ProgramFinder.Find(tool, null, "/").Program);
        Assert.Null(ProgramFinder.Find("./tool", _scratch.File("bin"), _scratch.Path).Program);
    }

    [Fact]
    public void An_empty_item_of_the_path_is_the_sessions_directory()
    {
        var tool = _scratch.WriteProgram("tool");
        Assert.Equal(tool, ProgramFinder.Find("tool", "/nowhere:", _scratch.Path).Program);
    }

    [Theory]
    [InlineData("tool", null)]
    [InlineData("tool", "")]
    [InlineData("", "/usr/bin")]
    public void Nothing_is_found_for_nothing(string command, string? path) =>
        Assert.Null(ProgramFinder.Find(command, path, _scratch.Path).Program);

    private ProgramSearch Find(string command, params string[] folders) =>
        ProgramFinder.Find(command, string.Join(':', folders.Select(_scratch.File)), _scratch.Path);
}
