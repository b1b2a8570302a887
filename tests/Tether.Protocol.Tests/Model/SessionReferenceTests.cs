using Tether.Protocol.Model;
using Xunit;

namespace Tether.Protocol.Tests.Model;

public sealed class SessionReferenceTests
{
    private static readonly SessionRecord[] All =
    [
        Of("aaaa1111", "api", SessionState.Running, 1),
        Of("aaab2222", "api", SessionState.Exited, 2),
        Of("bbbb3333", "aaab", SessionState.Exited, 3),
        Of("cccc4444", "twin", SessionState.Exited, 5),
        Of("cccd5555", "twin", SessionState.Exited, 4),
    ];

    [Theory]
    [InlineData("aaab2222", "aaab2222")]
    [InlineData("api", "aaaa1111")]
    [InlineData("aaa", "aaaa1111")]
    [InlineData("aaab", "bbbb3333")]
    [InlineData("ccc", "cccd5555 cccc4444")]
    [InlineData("twin", "cccd5555 cccc4444")]
    [InlineData("zzz", "")]
    [InlineData("", "")]
    public void An_id_wins_over_a_title_a_title_over_a_beginning_and_what_runs_over_what_ended(string reference, string expected) =>
        Assert.Equal(expected, string.Join(' ', SessionReference.Find(All, reference).Select(record => record.Id)));

    [Fact]
    public void None_and_several_are_told_with_what_was_written()
    {
        Assert.StartsWith("no session is called “zzz”;", SessionReference.Problem("zzz", []), StringComparison.Ordinal);
        Assert.Equal("“twin” fits 2 sessions: cccd5555 (twin), cccc4444 (twin)", SessionReference.Problem("twin", SessionReference.Find(All, "twin")));
    }

    private static SessionRecord Of(string id, string title, SessionState state, int minute) => new()
    {
        Id = id,
        Title = title,
        State = state,
        Provider = "any",
        Directory = "/",
        CreatedAt = DateTimeOffset.UnixEpoch.AddMinutes(minute),
    };
}
