using Tether.Protocol.Terminal.Keys;

namespace Tether.EndToEnd.Tests.Dashboard.Support;

/// <summary>A terminal window with a dashboard in it, and hands and eyes in front of it.</summary>
internal abstract class Window
{
    /// <summary>Opens a window and starts the dashboard in it.</summary>
    /// <param name="sandbox">Whose.</param>
    /// <param name="judge">Who reads it.</param>
    /// <param name="columns">Of the window.</param>
    /// <param name="rows">Of the window.</param>
    /// <param name="before">A line that stands on the screen before the dashboard starts.</param>
    public static async Task<Window> Open(Sandbox sandbox, Judge judge, int columns = 120, int rows = 40, string? before = null) => (judge, before) switch
    {
        (Judge.Emulator, null) => new EmulatorWindow(sandbox.Open(columns, rows)),
        (Judge.Emulator, _) => new EmulatorWindow(sandbox.OpenProgram(columns, rows, "sh", "-c", $"echo {before}; exec tether")),
        _ => await TmuxWindow.Open(sandbox, columns, rows, before),
    };

    /// <summary>Text as the keyboard makes it.</summary>
    public abstract Task Type(string text);

    /// <summary>Types a key that answers, and again when nothing came of it: one that comes too soon after a card, or a dialog, does nothing.</summary>
    public async Task Type(string key, Func<Picture, bool> isTaken)
    {
        for (var attempt = 1; ; attempt++)
        {
            await Type(key);
            try
            {
                await Patience.Until(async () => isTaken(await Look()), $"{key} taken", TimeSpan.FromSeconds(1));
                return;
            }
            catch (TimeoutException) when (attempt < 15)
            {
                // It came too soon.
            }
        }
    }

    /// <summary>One key, sent as this terminal sends it now.</summary>
    public abstract Task Press(KeyPress press);

    public Task Press(Key key) => Press(KeyPress.Of(key));

    public Task Press(char character, KeyModifiers modifiers) => Press(KeyPress.Of(character, modifiers));

    /// <summary>The chord that leaves a session.</summary>
    public Task PressChord() => Press(']', KeyModifiers.Control);

    public abstract Task Resize(int columns, int rows);

    public abstract Task<Picture> Look();

    /// <summary>The rows above the main screen.</summary>
    public abstract Task<string[]> Scrollback();

    /// <summary>What was copied last, once that is so: in this terminal's clipboard, not in the machine's.</summary>
    public abstract Task UntilCopied(string text);

    /// <summary>Completes when the screen is as described, and fails with a picture of it when that does not happen in time.</summary>
    public abstract Task<Picture> Until(Func<Picture, bool> isSo, string what);

    public Task<Picture> UntilShows(string text) => Until(picture => picture.Shows(text), $"\"{text}\"");

    /// <summary>A session has its tile, with this in it.</summary>
    public Task<Picture> UntilTile(string title, string text) => Until(picture => picture.ShowsIn(title, text), $"\"{text}\" in the tile {title}");

    public Task<Picture> UntilFocused(string title) => Until(picture => picture.IsFocused(title), $"focus on {title}");

    /// <summary>What the dashboard ended with.</summary>
    public abstract Task<int> Exited();
}
