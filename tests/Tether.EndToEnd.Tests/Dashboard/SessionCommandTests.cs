using Tether.EndToEnd.Tests.Dashboard.Support;
using Tether.Protocol.Terminal.Keys;

namespace Tether.EndToEnd.Tests.Dashboard;

/// <summary>What can be done to a session without leaving the dashboard.</summary>
public sealed class SessionCommandTests
{
    [EndToEndTheory]
    [MemberData(nameof(Judges.All), MemberType = typeof(Judges))]
    public async Task A_session_is_renamed_and_tagged(Judge judge)
    {
        await using var sandbox = new Sandbox();
        var id = await sandbox.Detached("before", "cat");
        var window = await Window.Open(sandbox, judge);
        await window.UntilFocused("before");
        await window.Type("r");
        await window.UntilTile("Rename", "before");
        await window.Press('u', KeyModifiers.Control);
        await window.Type("behind\r");
        await window.Until(picture => picture.IsFocused("behind") && picture.Box("Rename") is null, "the new title");
        Assert.Equal("behind", (await sandbox.Session(id))["title"]!.GetValue<string>());
        await window.Type("t");
        await window.Until(picture => picture.Box("Tags of behind") is not null, "the tags");
        await window.Type("web urgent\r");
        await Patience.Until(async () => (await sandbox.Session(id))["tags"]?.AsArray().Count == 2, "both tags");
        await window.Type(":");
        await window.Type("group-tag\r");
        await window.Until(picture => picture.Lines.Any(line => line.StartsWith("▾ urgent", StringComparison.Ordinal) || line.StartsWith("▾ web", StringComparison.Ordinal)), "a group of that tag");
    }

    [EndToEndTheory]
    [MemberData(nameof(Judges.All), MemberType = typeof(Judges))]
    public async Task A_session_is_stopped_and_deleted_only_after_asking(Judge judge)
    {
        await using var sandbox = new Sandbox();
        var id = await sandbox.Detached("victim", "sh", "-c", "echo last words; exec cat");
        await sandbox.Detached("other", "cat");
        var window = await Window.Open(sandbox, judge);
        await window.UntilTile("victim", "last words");
        await window.Type("x");
        await window.Until(picture => picture.Box("Stop victim?") is not null, "the question");
        await window.Press(Key.Escape);
        await window.Until(picture => picture.Box("Stop victim?") is null, "the end of the question");
        Assert.Equal("running", await sandbox.StateOf(id));
        await window.Type("x");
        await window.Until(picture => picture.Box("Stop victim?") is not null, "the question again");
        await window.Press(Key.Enter);
        await sandbox.UntilExit(id);
        await window.Until(picture => picture.Shows("■ victim"), "the sign of a stopped session");
        await window.Type("1X");
        await window.Until(picture => picture.Box("Forget victim?") is not null, "the next question");
        await window.Press(Key.Enter);
        await window.Until(picture => !picture.Shows("victim") && picture.IsFocused("other"), "the other one alone");
        Assert.Equal(3, (await sandbox.Run("capture", id)).ExitCode);
    }

    [EndToEndFact]
    public async Task The_last_screen_of_an_ended_session_stays_to_be_read()
    {
        await using var sandbox = new Sandbox();
        await sandbox.Detached("short", "sh", "-c", "echo what went wrong; read x; exit 3");
        var window = await Window.Open(sandbox, Judge.Emulator);
        await window.UntilTile("short", "what went wrong");
        await sandbox.Do("input", "short", "go");
        var picture = await window.Until(screen => screen.Shows("✗ short"), "the failure");
        Assert.True(picture.ShowsIn("short", "what went wrong"), picture.ToString());
    }
}
