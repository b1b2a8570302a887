using Tether.EndToEnd.Tests.Approvals;
using Tether.EndToEnd.Tests.Dashboard.Support;

namespace Tether.EndToEnd.Tests.Dashboard;

/// <summary>What agents ask is answered on the dashboard's cards, and reaches the agent.</summary>
public sealed class CardTests
{
    private const string Harmless = "touch one", Harmful = "rm -rf two";

    [EndToEndTheory]
    [MemberData(nameof(Judges.All), MemberType = typeof(Judges))]
    public async Task One_key_allows_and_another_denies(Judge judge)
    {
        await using var sandbox = new Sandbox();
        ScriptedAgent.Install(sandbox);
        await ScriptedAgent.Ask(sandbox, "api", Harmless, Harmful);
        await ScriptedAgent.UntilOpen(sandbox, 2);
        var window = await Window.Open(sandbox, judge, 160, 50);
        await window.Until(picture => picture.Shows(Harmless) && picture.Shows(Harmful), "both questions");
        await window.Type("a");
        for (var answered = 0; answered < 2; answered++)
        {
            var card = await window.Until(picture => picture.Shows("$ " + Harmless) || picture.Shows("! deletes: " + Harmful), "a card");
            await Answer(window, card.Shows("$ " + Harmless) ? "y" : "n", card.Shows("$ " + Harmless) ? Harmless : Harmful);
        }

        await Patience.Until(() => ScriptedAgent.Answer(sandbox, Harmless) is not null && ScriptedAgent.Answer(sandbox, Harmful) is not null, "both answers");
        Assert.Equal("allow", (string?)ScriptedAgent.Answer(sandbox, Harmless)!["behavior"]);
        Assert.Equal("deny", (string?)ScriptedAgent.Answer(sandbox, Harmful)!["behavior"]);
        Assert.Contains("(dashboard)", await sandbox.Do("audit"), StringComparison.Ordinal);
    }

    private static Task Answer(Window window, string key, string command) => window.Type(key, picture => !picture.Shows("$ " + command) && !picture.Shows("! deletes: " + command));
}
