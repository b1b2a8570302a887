using Tether.EndToEnd.Tests.Dashboard.Support;
using Tether.Protocol.Terminal.Keys;

namespace Tether.EndToEnd.Tests.Dashboard;

/// <summary>Several people, or one person several times: who types is asked about and told.</summary>
public sealed class SeveralClientsTests
{
    [EndToEndFact]
    public async Task Taking_over_from_another_dashboard_asks_here_and_tells_there()
    {
        await using var sandbox = new Sandbox();
        var id = await sandbox.Detached("contested", "cat");
        var (left, right) = (await Window.Open(sandbox, Judge.Emulator), await Window.Open(sandbox, Judge.Emulator, 100, 30));
        var observer = sandbox.Open(90, 28, "attach", id, "--observe");
        await left.UntilFocused("contested");
        await left.Press(Key.Enter);
        await left.Until(picture => picture.IsLive("contested"), "typing");
        await left.Type("from the left\r");
        await right.UntilTile("contested", "from the left");
        await observer.UntilShows("from the left");

        await right.Press(Key.Enter);
        var question = await right.Until(picture => picture.Box("Take control of contested?") is not null, "the question");
        Assert.True(question.Shows("types into it now"), question.ToString());
        await right.Press(Key.Escape);
        await right.Until(picture => picture.Boxes().Count() == 1, "the end of the question");
        await left.Type("still the left\r");
        await left.UntilTile("contested", "still the left");

        await right.Press(Key.Enter);
        await right.Until(picture => picture.Box("Take control of contested?") is not null, "the question again");
        await right.Type("y");
        await right.Until(picture => picture.IsLive("contested"), "typing on the right");
        await left.Until(picture => picture.Bottom.Contains("has taken control", StringComparison.Ordinal) && !picture.IsLive("contested") && picture.Cursor is null, "a word on the left");

        // Hands that have not seen it do no harm.
        await left.Type("q");
        await right.Type("from the right\r");
        await left.UntilTile("contested", "from the right");
        await left.PressChord();
        await left.Until(picture => picture.Bottom.Contains("NAVIGATE", StringComparison.Ordinal), "the dashboard's keys on the left");
        await observer.UntilShows("from the right");
    }

    [EndToEndFact]
    public async Task Taking_over_from_an_attached_client_asks_and_tells_and_leaves_the_size_to_it()
    {
        await using var sandbox = new Sandbox();
        var id = await sandbox.Detached("contested", "cat");
        var attached = sandbox.Open(90, 28, "attach", id, "--control");
        attached.Type("from the client\r");
        await attached.Until(screen => screen.Lines.Count(line => line == "from the client") == 2, "the answer of cat");
        var window = await Window.Open(sandbox, Judge.Emulator);
        await window.UntilTile("contested", "from the client");
        await window.Press(Key.Enter);
        await window.Until(picture => picture.Box("Take control of contested?") is not null, "the question");
        await window.Type("y");
        await window.Until(picture => picture.IsLive("contested"), "typing");
        await Patience.Until(() => System.Text.Encoding.UTF8.GetString(attached.Captured).Contains("took control", StringComparison.Ordinal), "a word to the client");
        await window.Type("from the dashboard\r");
        await attached.UntilShows("from the dashboard");
        Assert.Equal(90, (await sandbox.Session(id))["columns"]!.GetValue<int>());
        await window.PressChord();
        await window.Until(picture => picture.Bottom.Contains("NAVIGATE", StringComparison.Ordinal), "the end of typing");
        attached.Type(Keys.TakeControl + "the client again\r");
        await window.UntilTile("contested", "the client again");
    }

    [EndToEndFact]
    public async Task Sessions_that_others_start_rename_and_end_are_seen_at_once()
    {
        await using var sandbox = new Sandbox();
        var window = await Window.Open(sandbox, Judge.Emulator);
        await window.UntilShows("No sessions yet.");
        var id = await sandbox.Detached("newcomer", "sh", "-c", "echo here; exec cat");
        await window.UntilTile("newcomer", "here");
        await sandbox.Do("rename", id, "veteran");
        await window.UntilTile("veteran", "here");
        await sandbox.Do("stop", id);
        await window.UntilShows("■ veteran");
        await sandbox.Do("delete", id);
        await window.UntilShows("No sessions yet.");
    }
}
