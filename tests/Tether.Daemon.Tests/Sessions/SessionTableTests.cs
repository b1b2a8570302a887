using Tether.Daemon.Sessions;
using Tether.Protocol.Model;
using Xunit;

namespace Tether.Daemon.Tests.Sessions;

public sealed class SessionTableTests
{
    private readonly SessionTable _table = new();

    [Fact]
    public void A_session_is_found_by_its_id_a_prefix_or_its_title()
    {
        Remember("abcdefgh", "codex");
        Assert.Equal((SessionLookup.Found, "abcdefgh"), Find("abcdefgh"));
        Assert.Equal((SessionLookup.Found, "abcdefgh"), Find("ab"));
        Assert.Equal((SessionLookup.Found, "abcdefgh"), Find("codex"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("zz")]
    [InlineData("cod")]
    [InlineData("CODEX")]
    [InlineData("abcdefghi")]
    public void Anything_else_is_unknown(string reference)
    {
        Remember("abcdefgh", "codex");
        Assert.Equal(SessionLookup.Unknown, _table.Find(reference, out _));
    }

    [Fact]
    public void A_prefix_of_two_running_sessions_is_ambiguous_and_names_both()
    {
        Remember("abcdefgh", "one");
        Remember("abzzzzzz", "two");
        Assert.Equal(SessionLookup.Ambiguous, _table.Find("ab", out var found));
        Assert.Equal(["abcdefgh", "abzzzzzz"], found.Select(record => record.Id));
    }

    [Fact]
    public void A_running_session_wins_over_ended_ones()
    {
        Remember("abcdefgh", "codex", SessionState.Exited);
        Remember("abzzzzzz", "codex");
        Remember("abyyyyyy", "codex", SessionState.Lost);
        Assert.Equal((SessionLookup.Found, "abzzzzzz"), Find("codex"));
        Assert.Equal((SessionLookup.Found, "abzzzzzz"), Find("ab"));
    }

    [Fact]
    public void An_id_wins_over_a_title_and_a_title_over_a_prefix()
    {
        Remember("abcdefgh", "one");
        Remember("zzzzzzzz", "abcdefgh");
        Remember("yyyyyyyy", "abc");
        Assert.Equal((SessionLookup.Found, "abcdefgh"), Find("abcdefgh"));
        Assert.Equal((SessionLookup.Found, "yyyyyyyy"), Find("abc"));
    }

    [Fact]
    public void New_ids_are_never_those_of_others()
    {
        var ids = Enumerable.Range(0, 1000).Select(_ =>
        {
            var id = _table.NewId();
            Remember(id, "x");
            return id;
        }).ToHashSet();
        Assert.Equal(1000, ids.Count);
        Assert.All(ids, id => Assert.Matches("^[a-z2-9]{8}$", id));
    }

    [Fact]
    public void A_forgotten_session_is_unknown()
    {
        Remember("abcdefgh", "codex");
        _table.Forget("abcdefgh");
        Assert.Equal(SessionLookup.Unknown, _table.Find("abcdefgh", out _));
        Assert.Null(_table.FindRecord("abcdefgh"));
    }

    private (SessionLookup, string) Find(string reference) => (_table.Find(reference, out var found), found[0].Id);

    private void Remember(string id, string title, SessionState state = SessionState.Running) => _table.Remember(new SessionRecord
    {
        Id = id,
        Title = title,
        Provider = "shell",
        Directory = "/",
        State = state,
    });
}
