using System.Text;
using Tether.Protocol.Terminal;
using Xunit;

namespace Tether.Protocol.Tests.Terminal;

/// <summary>Measures the heap of the whole process: alone, after the tests that run side by side.</summary>
[CollectionDefinition(nameof(MemoryTests), DisableParallelization = true)]
[Collection(nameof(MemoryTests))]
public sealed class MemoryTests
{
    [Fact]
    public void Memory_does_not_grow_with_styles_links_and_clusters()
    {
        var terminal = new TerminalEmulator(new TerminalOptions { Columns = 20, Rows = 5, ScrollbackRows = 50 });
        long before = 0;
        for (int round = 0; round < 4; round++)
        {
            for (int i = 0; i < 100_000; i++)
            {
                int n = (round * 100_000) + i;
                terminal.Feed(Encoding.UTF8.GetBytes($"\e[38;2;{n >> 16 & 255};{n >> 8 & 255};{n & 255}mx{char.ConvertFromUtf32(0x300 + (n % 64))}{char.ConvertFromUtf32(0x300 + (n / 64 % 64))}\e]8;;http://e.x/{n}\a\n"));
            }

            long now = GC.GetTotalMemory(forceFullCollection: true);
            before = round == 1 ? now : before;
            Assert.True(round < 2 || now - before < 4_000_000, $"{now - before} bytes more");
        }

        Assert.StartsWith("x", terminal.GetText(terminal.RowAt(terminal.TopRow + 3)).TrimStart(), StringComparison.Ordinal);
    }
}
