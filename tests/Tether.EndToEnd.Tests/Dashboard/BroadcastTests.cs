using Tether.EndToEnd.Tests.Dashboard.Support;
using Tether.Protocol.Terminal.Keys;

namespace Tether.EndToEnd.Tests.Dashboard;

/// <summary>One prompt for several sessions, and a receipt of each.</summary>
public sealed class BroadcastTests
{
    private const string Question = "Broadcast";

    [EndToEndTheory]
    [MemberData(nameof(Judges.All), MemberType = typeof(Judges))]
    public async Task A_prompt_goes_to_the_chosen_ones_and_each_confirms_it(Judge judge)
    {
        await using var sandbox = new Sandbox();
        var window = await OpenThree(sandbox, judge);
        await window.Type("b");
        await window.Until(picture => picture.Box(Question) is not null, "the question");
        await window.Type("say hello");
        await window.Press(Key.Tab);
        await window.Press(Key.Down);
        await window.Type(" ");
        await window.Until(picture => Chosen(picture).SequenceEqual(["alpha", "beta"]), "two chosen ones");
        await window.Press(Key.Enter);
        await window.Until(picture => Receipts(picture, "submitted") == 2 && picture.Box("Sent to 2 sessions") is not null, "both receipts");
        await window.Press(Key.Enter);
        var picture = await window.Until(picture => picture.Boxes().Count() == 3 && HasHeard(picture, "alpha") && HasHeard(picture, "beta"), "the prompt in both");
        Assert.Empty(picture.Box("gamma")!.Text);
    }

    [EndToEndFact]
    public async Task Who_is_controlled_by_somebody_else_gets_nothing_and_the_receipt_says_why()
    {
        await using var sandbox = new Sandbox();
        var window = await OpenThree(sandbox, Judge.Emulator);
        var other = sandbox.Open("attach", "beta", "--control");
        await Patience.Until(async () => (await sandbox.Clients("beta")).Any(client => client!["mode"]!.GetValue<string>() == "control"), "the other one's control");
        await window.Type("b");
        await window.Until(picture => picture.Box(Question) is not null, "the question");
        await window.Type("say hello");
        await window.Press(Key.Tab);
        await window.Type(" a");
        await window.Until(picture => Chosen(picture).Count() == 3, "all of them");
        await window.Press(Key.Enter);
        var picture = await window.Until(picture => Receipts(picture, "submitted") == 2 && Receipts(picture, "is in control") == 1, "all receipts");
        Assert.Contains(picture.Lines, line => line.Contains("beta", StringComparison.Ordinal) && line.Contains("is in control", StringComparison.Ordinal));
        await window.Press(Key.Enter);
        picture = await window.Until(picture => picture.Boxes().Count() == 3 && HasHeard(picture, "alpha") && HasHeard(picture, "gamma"), "the prompt in the others");
        Assert.Empty(picture.Box("beta")!.Text);
        Assert.DoesNotContain("say hello", other.Screen.Text, StringComparison.Ordinal);
    }

    [EndToEndFact]
    public async Task Without_a_prompt_or_a_session_nothing_is_sent()
    {
        await using var sandbox = new Sandbox();
        var window = await OpenThree(sandbox, Judge.Emulator);
        await window.Type("b");
        await window.Until(picture => picture.Box(Question) is not null, "the question");
        await window.Press(Key.Enter);
        await window.UntilShows("the prompt is empty");
        await window.Type("x");
        await window.Press(Key.Tab);
        await window.Type(" ");
        await window.Press(Key.Enter);
        await window.UntilShows("no session is chosen");
        await window.Press(Key.Escape);
        await window.Until(picture => picture.Boxes().Count() == 3 && picture.Boxes().All(box => box.Text.Length == 0), "untouched sessions");
    }

    // What is typed is echoed by the terminal and said again by cat.
    private static bool HasHeard(Picture picture, string title) => picture.Box(title)!.Text.SequenceEqual(["say hello", "say hello"]);

    private static int Receipts(Picture picture, string word) => picture.Box("Sent to")?.Content.Count(line => line.Contains(word, StringComparison.Ordinal)) ?? 0;

    private static IEnumerable<string> Chosen(Picture picture) =>
        (picture.Box(Question)?.Content ?? []).Where(line => line.Contains("[x]", StringComparison.Ordinal)).Select(line => line.Split("[x] ")[1].Split(' ')[0]);

    private static async Task<Window> OpenThree(Sandbox sandbox, Judge judge)
    {
        foreach (var title in (string[])["alpha", "beta", "gamma"])
        {
            await sandbox.Detached(title, "cat");
        }

        var window = await Window.Open(sandbox, judge, 160, 40);
        await window.Until(picture => picture.Boxes().Count() == 3 && picture.IsFocused("alpha"), "three tiles");
        return window;
    }
}
