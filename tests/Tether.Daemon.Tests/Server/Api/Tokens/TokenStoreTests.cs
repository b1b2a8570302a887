using Tether.Daemon.Server.Api;
using Tether.Daemon.Server.Api.Tokens;
using Xunit;

namespace Tether.Daemon.Tests.Server.Api.Tokens;

public sealed class TokenStoreTests : IDisposable
{
    private readonly ScratchDirectory _scratch = new();
    private readonly ManualTime _time = new();

    private readonly List<TokenStore> _stores = [];

    public void Dispose()
    {
        Assert.True(Task.WaitAll([.. _stores.Select(store => store.Written)], Soon.Limit));
        _scratch.Dispose();
    }

    [Fact]
    public void A_token_is_found_by_itself_alone_also_by_the_next_daemon_and_stands_in_no_file()
    {
        var (text, token) = NewStore().Create("ci", ApiScope.Observe | ApiScope.Input, null);
        var found = NewStore().Find(text)!;
        Assert.Equal((token.Id, "ci", ApiScope.Observe | ApiScope.Input), (found.Id, found.Name, found.ScopeFlags));
        Assert.Null(NewStore().Find(text + "0"));
        Assert.Null(NewStore().Find(token.Hash));
        Assert.Null(NewStore().Find(token.Id));
        Assert.DoesNotContain(text, File.ReadAllText(FilePath), StringComparison.Ordinal);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(FilePath));
    }

    [Fact]
    public void One_that_has_expired_counts_no_more()
    {
        var store = NewStore();
        var (text, _) = store.Create("ci", ApiScope.Observe, _time.GetUtcNow() + TimeSpan.FromHours(1));
        Assert.NotNull(store.Find(text));
        Assert.True(store.HasAny);
        _time.Pass(TimeSpan.FromHours(1));
        Assert.Null(store.Find(text));
        Assert.False(store.HasAny);
    }

    [Fact]
    public void A_revoked_one_counts_no_more_and_it_is_told()
    {
        var store = NewStore();
        var revoked = new List<string>();
        store.Revoked += revoked.Add;
        var (text, token) = store.Create("ci", ApiScope.Admin, null);
        Assert.True(store.Counts(token.Id));
        Assert.True(store.Revoke(token.Id));
        Assert.False(store.Counts(token.Id));
        Assert.False(store.Revoke(token.Id));
        Assert.Null(store.Find(text));
        Assert.Null(NewStore().Find(text));
        Assert.Equal([token.Id], revoked);
    }

    [Fact]
    public async Task The_last_use_is_kept_to_the_minute()
    {
        var store = NewStore();
        var (text, _) = store.Create("ci", ApiScope.Observe, null);
        Assert.Null(Assert.Single(store.All).LastUsedAt);
        store.Find(text);
        var first = _time.GetUtcNow();
        _time.Pass(TimeSpan.FromSeconds(30));
        store.Find(text);
        await store.Written;
        Assert.Equal(first, Assert.Single(NewStore().All).LastUsedAt);
        _time.Pass(TimeSpan.FromSeconds(30));
        store.Find(text);
        await store.Written;
        Assert.Equal(_time.GetUtcNow(), Assert.Single(NewStore().All).LastUsedAt);
    }

    [Theory]
    [InlineData("{")]
    [InlineData("{\"tokens\":null}")]
    [InlineData("{\"tokens\":[null]}")]
    public void A_file_that_cannot_be_read_lets_nobody_in_and_is_not_overwritten(string content)
    {
        File.WriteAllText(FilePath, content);
        var store = NewStore();
        Assert.Contains(FilePath, store.Problem, StringComparison.Ordinal);
        Assert.Throws<IOException>(() => store.Create("ci", ApiScope.Observe, null));
        Assert.Equal(content, File.ReadAllText(FilePath));
    }

    private string FilePath => _scratch.File("tokens.json");

    private TokenStore NewStore()
    {
        var store = new TokenStore(FilePath, _time);
        _stores.Add(store);
        return store;
    }
}
