using Tether.EndToEnd.Tests.Dashboard.Support;
using Tether.Protocol.Terminal.Keys;

namespace Tether.EndToEnd.Tests.Dashboard;

/// <summary>One expression, looked for in everything that all sessions printed.</summary>
public sealed class SearchAllTests
{
    private const string Search = "Search in all sessions";

    [EndToEndTheory]
    [MemberData(nameof(Judges.All), MemberType = typeof(Judges))]
    public async Task It_finds_lines_of_running_and_ended_sessions_and_goes_to_them(Judge judge)
    {
        await using var sandbox = new Sandbox();
        await sandbox.Detached("running", "sh", "-c", "seq 200; echo a needle in the one that runs; seq 300; exec cat");
        var over = await sandbox.Detached("over", "sh", "-c", "seq 100; echo a needle in the one that ended; seq 400 600; exit 3");
        await sandbox.Detached("without", "sh", "-c", "seq 100; exec cat");
        await sandbox.UntilExit(over);
        var window = await Window.Open(sandbox, judge);
        await window.UntilTile("running", "300");
        await window.Type("g/needle in");
        await window.UntilTile(Search, "needle in");
        await window.Press(Key.Enter);
        var found = await window.Until(picture => picture.Box(Search) is { Foot: var foot } && foot.Contains("2 matches", StringComparison.Ordinal), "both lines");
        Assert.True(found.ShowsIn(Search, "running: a needle in the one that runs") && found.ShowsIn(Search, "over: a needle in the one that ended"), found.ToString());
        await window.Press(Key.Enter);
        await window.Until(picture => IsInHistory(picture, "running") && picture.Box("running")!.Content.Contains("a needle in the one that runs"), "the first of them");
        Assert.DoesNotContain("300", (await window.Look()).Box("running")!.Content);

        await window.Type("g/needle in");
        await window.Press(Key.Enter);
        await window.Until(picture => picture.Box(Search) is { Foot: var foot } && foot.Contains("2 matches", StringComparison.Ordinal), "both lines again");
        await window.Press(Key.Down);
        await window.Press(Key.Enter);
        await window.Until(picture => IsInHistory(picture, "over") && picture.Box("over")!.Content.Contains("a needle in the one that ended"), "the second of them");
        await window.Press(Key.Escape);
        await window.Until(picture => picture.Bottom.Contains("NAVIGATE", StringComparison.Ordinal) && picture.ShowsIn("over", "600"), "the last screen of that one");
    }

    [EndToEndFact]
    public async Task What_matches_nowhere_and_what_is_no_expression_is_told()
    {
        await using var sandbox = new Sandbox();
        await sandbox.Detached("running", "sh", "-c", "seq 200; exec cat");
        var window = await Window.Open(sandbox, Judge.Emulator);
        await window.UntilTile("running", "200");
        await window.Type("g/haystack");
        await window.Press(Key.Enter);
        await window.Until(picture => picture.Box(Search) is { Foot: var foot } && foot.Contains("nothing matches", StringComparison.Ordinal), "a word about it");
        await window.Type("(");
        await window.Press(Key.Enter);
        await window.Until(picture => picture.Box(Search) is { Foot: var foot } && !foot.Contains("nothing matches", StringComparison.Ordinal), "what is wrong");
        await window.Press(Key.Escape);
        await window.Until(picture => picture.Box(Search) is null && picture.IsFocused("running"), "the end of the search");
    }

    private static bool IsInHistory(Picture picture, string title) =>
        picture.Box(Search) is null && picture.IsFocused(title) && picture.Bottom.Contains($"HISTORY {title}", StringComparison.Ordinal);
}
