using Tether.EndToEnd.Tests.Dashboard.Support;
using Tether.Protocol.Terminal.Keys;

namespace Tether.EndToEnd.Tests.Dashboard;

/// <summary>The daemon goes; the dashboard says so, finds the next one by itself, and shows what is.</summary>
public sealed class DaemonGoneTests
{
    [EndToEndTheory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task It_is_told_and_the_tiles_are_right_again_by_themselves(bool isRestarted)
    {
        await using var sandbox = new Sandbox();
        var id = await sandbox.Detached("survivor", "sh", "-c", "stty -echo; i=0; while read x; do i=$((i+1)); echo answer $i; done");
        await sandbox.Detached("other", "sh", "-c", "echo untouched; exec cat");
        var window = (EmulatorWindow)await Window.Open(sandbox, Judge.Emulator);
        await window.UntilTile("other", "untouched");
        await sandbox.Do("keys", id, "enter");
        await window.UntilTile("survivor", "answer 1");

        var told = window.Until(picture => picture.Top.Contains("the daemon is gone", StringComparison.Ordinal), "a word about it");
        if (isRestarted)
        {
            await sandbox.Do("restart");
        }
        else
        {
            SandboxProcess.Signal((await sandbox.Status()).ProcessId, Signals.Kill);
        }

        await told;
        await window.Until(picture => picture.Top.Contains("working", StringComparison.Ordinal), "the next daemon");
        await sandbox.Do("keys", id, "enter");
        var back = await window.UntilTile("survivor", "answer 2");
        Assert.Equal(["answer 1", "answer 2"], back.Box("survivor")!.Text);
        await window.UntilTile("other", "untouched");
        await window.Press(Key.Enter);
        await window.Until(picture => picture.IsLive("survivor"), "typing");
        await window.Type("\r");
        await window.UntilTile("survivor", "answer 3");
    }

    [EndToEndFact]
    public async Task While_typing_it_is_told_and_nothing_typed_later_is_taken_for_a_command()
    {
        await using var sandbox = new Sandbox();
        await sandbox.Detached("survivor", "sh", "-c", "stty raw -echo; printf ready; cat -v");
        var window = (EmulatorWindow)await Window.Open(sandbox, Judge.Emulator);
        await window.UntilTile("survivor", "ready");
        await window.Press(Key.Enter);
        await window.Until(picture => picture.IsLive("survivor"), "typing");
        await window.Type("before");
        await window.UntilTile("survivor", "readybefore");
        var daemon = (await sandbox.Status()).ProcessId;
        var told = window.Until(picture => picture.Shows("daemon is gone"), "a word about it");
        SandboxProcess.Signal(daemon, Signals.Kill);
        await told;

        // The hands have not seen it yet: q would quit, x and Enter would stop the session.
        await window.Type("qx\r");
        var picture = await window.UntilTile("survivor", "readybefore");
        Assert.False(window.Terminal.Exited.IsCompleted);
        Assert.Null(picture.Box("Stop survivor?"));
    }

    [EndToEndFact]
    public async Task A_burst_of_keys_over_a_restart_arrives_in_order_and_what_may_be_lost_is_told()
    {
        await using var sandbox = new Sandbox();
        await sandbox.Detached("survivor", "sh", "-c", "stty raw -echo; printf ready; cat -v");
        var window = (EmulatorWindow)await Window.Open(sandbox, Judge.Emulator);
        await window.UntilTile("survivor", "ready");
        await window.Press(Key.Enter);
        await window.Until(picture => picture.IsLive("survivor"), "typing");
        var isWarned = false;
        _ = window.Until(picture => isWarned |= picture.Bottom.Contains("last key may be lost", StringComparison.Ordinal), "a word about lost keys");
        var restarted = sandbox.Do("restart");
        var typed = 0;
        for (; !restarted.IsCompleted || typed < 100; typed++)
        {
            await window.Type($"{typed % 10}");

            // As fast as a held key repeats.
            await Task.Delay(TimeSpan.FromMilliseconds(15), TimeProvider.System);
        }

        await restarted;
        await window.Type("!");
        var picture = await window.Until(screen => string.Concat(screen.Box("survivor")?.Content ?? []).EndsWith('!'), "the last key");
        var expected = string.Concat(Enumerable.Range(0, typed).Select(number => $"{number % 10}"));
        var arrived = string.Concat(picture.Box("survivor")!.Content)["ready".Length..^1];
        Assert.True(arrived == expected || (isWarned && IsAllButAPiece(arrived, expected)), $"typed {expected}\narrived {arrived}");
    }

    // What is missing was typed in one go.
    private static bool IsAllButAPiece(string some, string all) =>
        Enumerable.Range(0, some.Length + 1).Any(length => all.StartsWith(some[..length], StringComparison.Ordinal) && all.EndsWith(some[length..], StringComparison.Ordinal));
}
