using Tether.Daemon.Native;
using Xunit;

namespace Tether.Daemon.Tests.Native;

public sealed class FileLocksTests
{
    private static readonly FileFacts File = new("fe:00", 15893132, 0, default);

    [Theory]
    [InlineData("3: FLOCK  ADVISORY  WRITE 18414 fe:00:15893132 0 EOF", 18414)]
    [InlineData("3: FLOCK  ADVISORY  READ 18414 fe:00:15893132 0 EOF", null)]
    [InlineData("3: POSIX  ADVISORY  WRITE 18414 fe:00:15893132 0 EOF", null)]
    [InlineData("3: FLOCK  ADVISORY  WRITE 18414 fe:01:15893132 0 EOF", null)]
    [InlineData("3: FLOCK  ADVISORY  WRITE 18414 fe:01:15893132 0 EOF", 18414, true)]
    [InlineData("3: -> FLOCK  ADVISORY  WRITE 18414 fe:00:15893132 0 EOF", null)]
    [InlineData("nonsense", null)]
    public void The_holder_is_who_has_the_exclusive_lock_of_this_file(string line, int? holder, bool hasOpen = false) =>
        Assert.Equal(holder, FileLocks.Holder([line], File, _ => hasOpen));
}
