using Tether.Protocol.Model;
using Tether.Tui.Commands.Outside;
using Tether.Tui.Tests.Support;
using Xunit;

namespace Tether.Tui.Tests.Commands.Outside;

public sealed class ResumableTests
{
    private static readonly DateTimeOffset Boot = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Lost_sessions_are_offered_when_their_agents_know_them() =>
        Assert.Equal(["a"], Offered(Lost("a", "one"), Lost("b", null)));

    [Fact]
    public void Of_one_agents_session_only_the_newest_counts()
    {
        Assert.Equal(["b"], Offered(Lost("a", "one"), Lost("b", "one") with { CreatedAt = Boot.AddHours(-1) }));
        Assert.Empty(Offered(Lost("a", "one"), Lost("b", "one") with { CreatedAt = Boot.AddHours(1), State = SessionState.Exited, ExitCode = 0, EndedAt = Boot.AddHours(2) }));
    }

    [Fact]
    public void What_goes_on_already_is_not_offered() =>
        Assert.Empty(Offered(Lost("a", "one"), Lost("b", "one") with { State = SessionState.Running, CreatedAt = Boot.AddHours(-5) }));

    [Theory]
    [InlineData(15, null, null, -1, true)]
    [InlineData(1, null, null, -1, true)]
    [InlineData(null, 143, null, -1, true)]
    [InlineData(null, 129, null, -1, true)]
    [InlineData(null, 0, null, -1, false)]
    [InlineData(2, null, null, -1, false)]
    [InlineData(15, null, "stopped by a client", -1, false)]
    [InlineData(15, null, null, 1, false)]
    public void What_the_machines_end_took_along_is_offered_and_what_somebody_stopped_is_not(int? signal, int? code, string? reason, int hoursAfterBoot, bool isOffered)
    {
        var ended = Lost("a", "one") with { State = SessionState.Exited, Signal = signal, ExitCode = code, EndReason = reason, EndedAt = Boot.AddHours(hoursAfterBoot) };
        Assert.Equal(isOffered ? ["a"] : [], Offered(ended));
    }

    [Fact]
    public void One_is_found_by_its_id_its_title_or_the_agents_id_when_only_one_fits()
    {
        SessionRecord[] ended = [Lost("abc", "one") with { Title = "api" }, Lost("abd", "two") with { Title = "web" }];
        Assert.Equal("abc", Resumable.Find(ended, "abc")?.Id);
        Assert.Equal("abd", Resumable.Find(ended, "web")?.Id);
        Assert.Equal("abd", Resumable.Find(ended, "tw")?.Id);
        Assert.Null(Resumable.Find(ended, "ab"));
        Assert.Null(Resumable.Find(ended, "x"));
    }

    [Theory]
    [InlineData("", "")]
    [InlineData("2", "b")]
    [InlineData("2, 1 2", "b a")]
    [InlineData("all", "a b")]
    public void Numbers_choose(string answer, string chosen) =>
        Assert.Equal(chosen, string.Join(' ', ResumeCommand.Choice(answer, [Lost("a", "one"), Lost("b", "two")]).Select(session => session.Id)));

    [Theory]
    [InlineData("0")]
    [InlineData("3")]
    [InlineData("1 x")]
    public void What_is_no_number_of_the_list_chooses_nothing(string answer) =>
        Assert.Equal(ExitCodes.Usage, Assert.Throws<TetherException>(() => ResumeCommand.Choice(answer, [Lost("a", "one"), Lost("b", "two")])).ExitCode);

    [Theory]
    [InlineData("ses_e025bc98c", true)]
    [InlineData("6f03819a", true)]
    [InlineData("6f03819a-77af-4663", true)]
    [InlineData("6f03", false)]
    [InlineData("backend", false)]
    [InlineData("deadbee-f", true)]
    public void Only_what_can_be_an_agents_id_is_taken_for_one(string name, bool isOne) => Assert.Equal(isOne, Adopting.LooksLikeAgents(name));

    private static IEnumerable<string> Offered(params SessionRecord[] all) => Resumable.Offered(all, Boot).Select(session => session.Id);

    private static SessionRecord Lost(string id, string? agentSession) => FakeDaemon.Session with
    {
        Id = id, Title = id, Provider = "claude", State = SessionState.Lost, AgentSession = agentSession, CreatedAt = Boot.AddHours(-2), EndedAt = Boot,
    };
}
