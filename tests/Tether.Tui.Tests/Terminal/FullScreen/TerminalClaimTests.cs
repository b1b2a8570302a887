using Tether.Tui.Terminal.FullScreen;
using Tether.Tui.Tests.Support;
using Xunit;

namespace Tether.Tui.Tests.Terminal.FullScreen;

public sealed class TerminalClaimTests
{
    private readonly string _directory = TestEnvironment.NewPath();

    [Fact]
    public void A_claim_that_was_given_up_leaves_nothing()
    {
        var claim = TerminalClaim.TryTake(_directory, "/dev/pts/9", out var abandoned);
        Assert.Null(abandoned);
        claim!.Record([1, 2, 3]);
        claim.Release();
        Assert.Empty(Directory.GetFiles(_directory));
    }

    [Fact]
    public void Who_dies_leaves_the_settings_that_it_found()
    {
        using (var killed = TerminalClaim.TryTake(_directory, "/dev/pts/9", out _))
        {
            killed!.Record([1, 2, 3]);
        }

        using var next = TerminalClaim.TryTake(_directory, "/dev/pts/9", out var abandoned);
        Assert.Equal([1, 2, 3], abandoned);
        using var elsewhere = TerminalClaim.TryTake(_directory, "/dev/pts/8", out abandoned);
        Assert.Null(abandoned);
    }

    [Fact]
    public void A_terminal_that_a_living_program_has_is_not_put_right()
    {
        using var living = TerminalClaim.TryTake(_directory, "/dev/pts/9", out _);
        living!.Record([1, 2, 3]);
        Assert.Null(TerminalClaim.TryTake(_directory, "/dev/pts/9", out var abandoned));
        Assert.Null(abandoned);
    }
}
