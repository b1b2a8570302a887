using Tether.Tui.Native;
using Xunit;

namespace Tether.Tui.Tests.Native;

public sealed class LockFileTests : IDisposable
{
    private readonly string _path = Path.GetTempFileName();

    public void Dispose() => File.Delete(_path);

    [Fact]
    public void One_at_a_time_holds_it()
    {
        var first = LockFile.TryTake(_path, out var isHeld);
        Assert.NotNull(first);
        Assert.False(isHeld);
        Assert.False(LockFile.IsFree(_path));
        Assert.Null(LockFile.TryTake(_path, out isHeld));
        Assert.True(isHeld);

        first.Dispose();
        Assert.True(LockFile.IsFree(_path));
        using var second = LockFile.TryTake(_path, out isHeld);
        Assert.NotNull(second);
        Assert.False(isHeld);
    }

    [Fact]
    public void The_file_is_made_for_its_user_alone()
    {
        File.Delete(_path);
        Assert.True(LockFile.IsFree(_path));
        Assert.False(File.Exists(_path));
        using var taken = LockFile.TryTake(_path, out _);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(_path));
    }

    [Fact]
    public void Where_no_file_can_be_nobody_holds_it()
    {
        Assert.Null(LockFile.TryTake(Path.Combine(_path, "no", "folder"), out var isHeld));
        Assert.False(isHeld);
    }
}
