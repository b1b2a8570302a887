using System.Text;
using Tether.Daemon.Agents;
using Tether.Daemon.Agents.Screens;
using Tether.Protocol.Model;
using Xunit;

namespace Tether.Daemon.Tests.Agents.Screens;

public sealed class RuleFileTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);

    public static TheoryData<string> Fixtures => [.. ScreenFixtures.BuiltIn().Select(fixture => fixture.Name)];

    public static TheoryData<string> Agents => [.. AgentKinds.All.Select(kind => kind.Name)];

    [Theory]
    [MemberData(nameof(Fixtures))]
    public void The_built_in_rules_read_every_kept_screen_right(string name)
    {
        var fixture = ScreenFixture.Parse(ScreenFixtures.BuiltIn().Single(one => one.Name == name).Read());
        Assert.Null(fixture.Check(RuleBook.WithoutFiles.For(fixture.Agent), Now));
    }

    [Theory]
    [MemberData(nameof(Agents))]
    public void The_built_in_files_are_in_order(string agent)
    {
        Assert.NotEmpty(RuleBook.WithoutFiles.For(agent).Rules);
        Assert.Empty(RuleBook.WithoutFiles.Warnings);
    }

    [Theory]
    [MemberData(nameof(Agents))]
    public void The_built_in_patterns_can_be_matched_in_linear_time(string agent)
    {
        using var stream = typeof(RuleBook).Assembly.GetManifestResourceStream($"{RuleBook.Resources}{agent}.json");
        if (stream is not null)
        {
            var json = new byte[stream.Length];
            stream.ReadExactly(json);
            Assert.Empty(RuleFile.Read(agent, json, isChecked: false).Problems);
        }
    }

    [Theory]
    [InlineData("Password: ", 1, AgentState.NeedsAnswer)]
    [InlineData("[sudo] password for ann: ", 1, AgentState.NeedsAnswer)]
    [InlineData("Deploy? [y/N] ", 1, AgentState.NeedsAnswer)]
    [InlineData("Password: ", 2, null)]
    [InlineData("Deploy? [y/N] ", 2, null)]
    public void A_shells_question_is_one_while_the_cursor_stands_behind_it(string question, int cursorRow, AgentState? expected)
    {
        var image = new ScreenImage();
        image.Take(new ScreenText(["~$ ./deploy", question, cursorRow == 2 ? "~$ " : ""], "", 80, cursorRow, false));
        Assert.Equal(expected, RuleBook.WithoutFiles.For("shell").OfScreen(image, Now)?.State);
    }

    [Fact]
    public void A_bad_rule_is_reported_with_its_line_and_leaves_the_others()
    {
        var file = Read("""
            { "schema": 1, "agent": "codex",
              "rules": [
                { "id": "good", "state": "working", "region": "all", "any": ["busy"] },
                { "id": "backwards", "state": "working", "region": "all", "any": ["(a)\\1"] },
                { "id": "lost", "state": "dancing", "region": "all", "any": ["x"] },
                { "id": "where", "state": "working", "region": "top:3", "any": ["x"] },
                { "id": "odd", "state": "working", "region": "all", "any": ["x"], "colour": 3 },
                { "id": "last", "state": "waiting", "region": "bottom:2", "all": [">"] }
              ] }
            """);
        Assert.Equal(["good", "last"], file.Rules.Select(rule => rule.Id));
        Assert.Equal([4, 5, 6, 7], file.Problems.Select(problem => int.Parse(problem.Split(':')[1])));
    }

    [Fact]
    public void A_file_that_breaks_off_keeps_what_stands_before()
    {
        var file = Read("""{ "rules": [ { "id": "good", "state": "working", "region": "all", "any": ["busy"] }, { "id": """);
        Assert.Equal("good", Assert.Single(file.Rules).Id);
        Assert.Single(file.Problems);
    }

    [Fact]
    public void The_persons_file_replaces_adds_and_takes_away_by_id()
    {
        using var scratch = new ScratchDirectory();
        File.WriteAllText(Path.Combine(scratch.Path, "codex.json"), """
            { "rules": [ { "id": "approval", "state": "needs-answer", "priority": 99, "region": "all", "all": ["really\\?"] },
                         { "id": "mine", "state": "limit", "priority": 100, "region": "all", "all": ["come back tomorrow"] },
                         { "id": "streaming", "off": true } ] }
            """);
        var own = RuleBook.WithoutFiles.For("codex").Rules.Select(rule => rule.Id).ToHashSet();
        var rules = new RuleBook(scratch.Path).For("codex");
        Assert.Equal(own.Append("mine").Except(["streaming"]).Order(), rules.Rules.Select(rule => rule.Id).Order());
        Assert.Equal(AgentState.NeedsAnswer, Read(rules, "really?")!.State);
        Assert.Equal("codex.screen.mine", Read(rules, "come back tomorrow")!.Rule);
    }

    [Fact]
    public void A_broken_file_of_the_person_leaves_the_built_in_rules_in_force()
    {
        using var scratch = new ScratchDirectory();
        File.WriteAllText(Path.Combine(scratch.Path, "pi.json"), "no json");
        var book = new RuleBook(scratch.Path);
        Assert.Equal(RuleBook.WithoutFiles.For("pi").Rules.Count(), book.For("pi").Rules.Count());
        Assert.Contains("pi.json:1:", Assert.Single(book.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void Regions_are_parts_of_the_screen()
    {
        var image = new ScreenImage();
        image.Take(new ScreenText(["one", "", "──────────────", "two", "", "three", ""], "", 20, 3, false));
        Assert.Equal("two\n\nthree\n\n", Text("bottom:2"));
        Assert.Equal("two\n\nthree\n\n", Text("after-rule"));
        Assert.Equal("──────────────\ntwo\n\n", Text("cursor:1"));
        Assert.StartsWith("one\n", Text("all"), StringComparison.Ordinal);

        string Text(string region) => ScreenRegion.TryParse(region, out var parsed) ? image.Region(parsed, null).ToString() : throw new FormatException(region);
    }

    [Theory]
    [InlineData("3pm", "15:00")]
    [InlineData("11:30 AM", "+1 11:30")]
    [InlineData("15:30", "15:30")]
    [InlineData("in 2h 5m", "14:05")]
    [InlineData("Nov 25, 3pm", "+5 15:00")]
    [InlineData("Nov 25th, 2026 3:05 PM", "+5 15:05")]
    [InlineData("2 hours 5 minutes", "14:05")]
    public void A_limits_end_is_read_in_the_local_time_zone(string text, string expected)
    {
        var days = expected[0] == '+' ? int.Parse(expected[1..2]) : 0;
        var until = new DateTimeOffset(2026, 11, 20, 0, 0, 0, TimeSpan.Zero).AddDays(days) + TimeSpan.Parse(expected.Split(' ')[^1]);
        Assert.Equal(until, UntilText.Parse(text, Now, TimeZoneInfo.Utc));
        var east = TimeZoneInfo.CreateCustomTimeZone("east", TimeSpan.FromHours(2), "east", "east");
        Assert.Equal(text.Contains('h') && !text.Contains("th") ? until : Earlier(until), UntilText.Parse(text, Now, east));

        static DateTimeOffset Earlier(DateTimeOffset time) => time.AddHours(-2) > Now ? time.AddHours(-2) : time.AddHours(22);
    }

    [Theory]
    [InlineData("soon")]
    [InlineData("")]
    [InlineData("25:00")]
    [InlineData("Foo 99, 3pm")]
    public void What_is_no_time_is_none(string text) => Assert.Null(UntilText.Parse(text, Now, TimeZoneInfo.Utc));

    [Theory]
    [InlineData("2.1.197–2.1.329", "2.1.200 (Claude Code)", true)]
    [InlineData("2.1.197–2.1.329", "2.2.0", false)]
    [InlineData("0.169", "codex-cli 0.169.4", true)]
    [InlineData("0.73–1.5", "1.5.2", true)]
    [InlineData("0.73–1.5", "0.72.9", false)]
    [InlineData("", "1.0", false)]
    [InlineData("1.0", "none", false)]
    public void A_version_is_in_a_range_or_not(string range, string version, bool isIn) => Assert.Equal(isIn, VersionRange.Contains(range, version));

    private static RuleFile Read(string json) => RuleFile.Read("x.json", Encoding.UTF8.GetBytes(json));

    private static AgentSignal? Read(ScreenRules rules, string screen)
    {
        var image = new ScreenImage();
        image.Take(new ScreenText([screen], "", 80, 0, false));
        return rules.OfScreen(image, Now);
    }
}
