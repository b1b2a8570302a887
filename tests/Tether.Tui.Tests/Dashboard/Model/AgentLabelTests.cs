using Tether.Protocol.Model;
using Tether.Tui.Dashboard.Model;
using Xunit;

namespace Tether.Tui.Tests.Dashboard.Model;

public sealed class AgentLabelTests
{
    private static readonly SessionRecord Session = new() { Id = "one", Title = "Code Review", Provider = "codex", Directory = "/" };

    [Fact]
    public void A_program_is_called_by_its_provider() => Assert.Equal("codex", AgentLabel.Of(Session));

    [Theory]
    [InlineData("Reviewer", "🤖", false, "🤖 Reviewer")]
    [InlineData("Reviewer", "🤖", true, "Reviewer")]
    [InlineData("Reviewer", "", false, "Reviewer")]
    [InlineData("Code Review", "🤖", false, "🤖 external")]
    public void An_agent_that_registered_is_called_as_it_calls_itself_and_its_kind_where_the_title_says_that(string name, string icon, bool isAscii, string label) =>
        Assert.Equal(label, AgentLabel.Of(Session with { Provider = "external", External = new ExternalAgent { Name = name, Icon = icon } }, isAscii));
}
