using Tether.EndToEnd.Tests.Dashboard.Support;
using Tether.Protocol.Terminal.Keys;

namespace Tether.EndToEnd.Tests.Dashboard;

/// <summary>What needs a human stands in the queue until somebody has been there.</summary>
public sealed class QueueTests
{
    [EndToEndTheory]
    [MemberData(nameof(Judges.All), MemberType = typeof(Judges))]
    public async Task Bells_notifications_and_failures_stand_there_and_space_goes_to_the_oldest(Judge judge)
    {
        await using var sandbox = new Sandbox();
        await sandbox.Detached("calm", "cat");
        var failing = await sandbox.Detached("failing", "sh", "-c", "read x; exit 7");
        var ringing = await sandbox.Detached("ringing", "sh", "-c", "read x; printf '\\a'; exec cat");
        var telling = await sandbox.Detached("telling", "sh", "-c", "read x; printf '\\033]9;build is red\\033\\\\'; exec cat");
        var window = await Window.Open(sandbox, judge, 160, 50);
        await window.Until(picture => picture.Boxes().Count() == 4 && picture.Top.Contains("0 need you", StringComparison.Ordinal), "nothing to do");

        await Go(sandbox, ringing);
        await window.UntilShows("rang the bell");
        await Go(sandbox, telling);
        await window.UntilShows("build is red");
        await Go(sandbox, failing);
        var picture = await window.UntilShows("failed: exit 7");
        Assert.Equal(["ringing", "telling", "failing"], QueueOf(picture));
        Assert.Contains("3 need you", picture.Top, StringComparison.Ordinal);
        Assert.Contains("next", picture.Bottom, StringComparison.Ordinal);
        Assert.True(picture.IsFocused("calm"), "nothing takes the focus away");

        await window.Type(" ");
        picture = await window.Until(screen => screen.IsFocused("ringing") && !screen.Shows("rang the bell"), "the oldest, seen");
        Assert.Equal(["telling", "failing"], QueueOf(picture));
        await window.Type("n");
        await window.Until(screen => screen.IsFocused("telling") && !screen.Shows("build is red"), "the next");
        await window.Type("n");
        await window.Until(screen => screen.IsFocused("failing") && screen.Top.Contains("0 need you", StringComparison.Ordinal), "the last");
        await window.Type("n");
        await window.UntilShows("nothing needs you");
    }

    [EndToEndTheory]
    [MemberData(nameof(Judges.All), MemberType = typeof(Judges))]
    public async Task In_the_queue_d_dismisses_and_enter_goes_there(Judge judge)
    {
        await using var sandbox = new Sandbox();
        await sandbox.Detached("calm", "cat");
        foreach (var title in (string[])["first", "second"])
        {
            await sandbox.Detached(title, "sh", "-c", "read x; printf '\\a'; exec cat");
        }

        var window = await Window.Open(sandbox, judge, 160, 50);
        await window.Until(picture => picture.Boxes().Count() == 3, "three tiles");
        await Go(sandbox, "first");
        await window.Until(picture => QueueOf(picture).SequenceEqual(["first"]), "the first bell");
        await Go(sandbox, "second");
        await window.Until(picture => QueueOf(picture).SequenceEqual(["first", "second"]), "the second bell");
        await window.Type("a");
        await window.Until(picture => picture.Bottom.Contains("QUEUE", StringComparison.Ordinal), "the queue's keys");
        await window.Type("d");
        var picture = await window.Until(screen => QueueOf(screen).SequenceEqual(["second"]), "one item");
        Assert.True(picture.IsFocused("second"), "the tile of the chosen item is marked");
        await window.Press(Key.Enter);
        await window.Until(screen => screen.IsFocused("second") && !QueueOf(screen).Any() && screen.Bottom.Contains("NAVIGATE", StringComparison.Ordinal), "the second one");
    }

    private static Task<string> Go(Sandbox sandbox, string session) => sandbox.Do("keys", session, "enter");

    // Lines of `! <1m  title  words` between the tiles and the last line; the chosen one has › in front.
    private static IEnumerable<string> QueueOf(Picture picture) => picture.Lines[^4..^1]
        .Select(line => line.TrimStart('›').Split(' ', StringSplitOptions.RemoveEmptyEntries))
        .Where(words => words is ["!" or "✗", "<1m", ..])
        .Select(words => words[2]);
}
