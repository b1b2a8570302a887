using Tether.EndToEnd.Tests.Dashboard.Support;
using Tether.Protocol.Terminal.Keys;

namespace Tether.EndToEnd.Tests.Agents.Answers;

/// <summary>Two dashboards of one sandbox: a person answers at the first one, and the second one looks on.</summary>
internal sealed class AnswerDesk
{
    private readonly Window _window;
    private readonly Window _other;

    private AnswerDesk(Window window, Window other) => (_window, _other) = (window, other);

    public static async Task<AnswerDesk> Open(Sandbox sandbox) =>
        new(await Window.Open(sandbox, Judge.Emulator, 140, 50), await Window.Open(sandbox, Judge.Emulator, 100, 40));

    public Task Allow(string command) => Answer(command, () => _window.Type("y", picture => !HasCard(picture, command)));

    public Task Deny(string command, string reason) => Answer(command, async () =>
    {
        await _window.Type("r", picture => picture.Box("Deny") is not null);
        await _window.Type(reason);
        await _window.UntilShows(reason);
        await _window.Type("\r", picture => picture.Box("Deny") is null);
    });

    /// <summary>Takes one of the offers, by the words in it.</summary>
    public Task AllowAlways(string command, int offer) => Answer(command, async () =>
    {
        await _window.Type("a", picture => picture.Box("and from now on") is not null);
        for (var i = 0; i < offer; i++)
        {
            await _window.Press(Key.Down);
        }

        await _window.Type("\r", picture => picture.Box("and from now on") is null);
    });

    private static bool HasCard(Picture picture, string command) =>
        picture.Boxes().Any(box => Has(box, "wants to run") && Has(box, command));

    private static bool Has(Box box, string text) => box.Content.Any(line => line.Contains(text, StringComparison.Ordinal));

    // From the card on both screens until it is on neither.
    private async Task Answer(string command, Func<Task> answer)
    {
        foreach (var window in (Window[])[_other, _window])
        {
            await window.Until(picture => picture.Lines[^4..^1].Any(line => line.Contains(command, StringComparison.Ordinal)), $"{command} in the queue");
            await window.Type("a");
            await window.Until(picture => HasCard(picture, command), $"the card of {command}");
        }

        await answer();
        foreach (var window in (Window[])[_window, _other])
        {
            await window.Until(picture => !HasCard(picture, command) && picture.Lines[^4..^1].All(line => !line.Contains(command, StringComparison.Ordinal)), $"no card of {command}");
            await window.Press(Key.Escape);
            await window.Until(picture => picture.Bottom.Contains("NAVIGATE", StringComparison.Ordinal), "the dashboard's own keys");
        }
    }
}
