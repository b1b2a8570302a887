using Tether.Daemon.Server.Api.Git;
using Xunit;

namespace Tether.Daemon.Tests.Server.Api.Git;

public sealed class UntrackedFilesTests : IDisposable
{
    private readonly ScratchDirectory _scratch = new();

    public void Dispose() => _scratch.Dispose();

    [Fact]
    public void New_files_are_shown_as_a_patch_and_links_are_not_followed()
    {
        _scratch.Write("a.txt", "one\ntwo\n");
        _scratch.Write("b.bin", "x\0y");
        File.CreateSymbolicLink(_scratch.File("link"), "/etc/passwd");
        var patch = UntrackedFiles.Patches(_scratch.Path, ["a.txt", "b.bin", "link", "missing"], 100_000, out var isWhole);
        Assert.Equal([("a.txt", 1), ("b.bin", 0), ("link", 1)], GitText.ReadPatch(patch).Select(file => (file.Path, file.Hunks)));
        Assert.Contains("@@ -0,0 +1,2 @@\n+one\n+two\n", patch, StringComparison.Ordinal);
        Assert.Contains("+/etc/passwd\n", patch, StringComparison.Ordinal);
        Assert.DoesNotContain("root:", patch, StringComparison.Ordinal);
        Assert.False(isWhole);
    }

    [Fact]
    public void What_does_not_fit_is_left_out_and_told()
    {
        _scratch.Write("a.txt", new string('x', 1000));
        Assert.Equal("", UntrackedFiles.Patches(_scratch.Path, ["a.txt"], 100, out var isWhole));
        Assert.False(isWhole);
    }
}
