using Tether.Daemon.Native;
using Tether.Daemon.Sessions;
using Xunit;

namespace Tether.Daemon.Tests.Sessions;

public sealed class PtyTests
{
    private const uint Canonical = 2, Echo = 8;

    [Theory]
    [InlineData(Canonical, true)]
    [InlineData(Canonical | Echo, false)]
    [InlineData(0, false)]
    [InlineData(Echo, false)]
    public void A_line_is_hidden_when_a_program_that_reads_lines_has_no_echo(uint flags, bool isHidden)
    {
        using var program = new PtyPair();
        var (input, output, local) = program.Flags;
        program.SetFlags(input, output, (local & ~(Canonical | Echo)) | flags);
        using var pty = new Pty(program.TakeMaster(), new ProcessIdentity(0, 0));
        Assert.Equal(isHidden, pty.HidesLine);
    }
}
