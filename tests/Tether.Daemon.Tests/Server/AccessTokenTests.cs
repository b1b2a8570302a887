using Tether.Daemon.Server;
using Xunit;

namespace Tether.Daemon.Tests.Server;

public sealed class AccessTokenTests : IDisposable
{
    private readonly ScratchDirectory _scratch = new();

    private string TokenPath => AccessToken.PathIn(_scratch.File("data"));

    public void Dispose() => _scratch.Dispose();

    [Fact]
    public void It_is_made_once_and_is_the_users_alone()
    {
        var token = AccessToken.ReadOrCreate(TokenPath);
        Assert.Equal(64, token.Text.Length);
        Assert.Equal(token.Text, AccessToken.ReadOrCreate(TokenPath).Text);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(TokenPath));
    }

    [Fact]
    public void A_file_that_others_could_read_is_closed()
    {
        AccessToken.ReadOrCreate(TokenPath);
        File.SetUnixFileMode(TokenPath, UnixFileMode.UserRead | UnixFileMode.OtherRead);
        AccessToken.ReadOrCreate(TokenPath);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(TokenPath));
    }

    [Theory]
    [InlineData("")]
    [InlineData("short")]
    public void What_could_be_guessed_is_replaced(string text)
    {
        _scratch.Write("data/token", text);
        Assert.Equal(64, AccessToken.ReadOrCreate(TokenPath).Text.Length);
    }

    [Fact]
    public void Only_the_token_itself_is_it()
    {
        var token = AccessToken.ReadOrCreate(TokenPath);
        Assert.True(token.Is(token.Text));
        Assert.False(token.Is(token.Text[1..]));
        Assert.False(token.Is(""));
        Assert.False(token.Is(token.Text + "0"));
    }
}
