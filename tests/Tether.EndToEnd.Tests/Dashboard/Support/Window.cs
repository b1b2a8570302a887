using Tether.Protocol.Terminal.Keys;

namespace Tether.EndToEnd.Tests.Dashboard.Support;

/// <summary>A terminal window with a dashboard in it, and hands and eyes in front of it.</summary>
internal abstract class Window
{
    /// <summary>Opens a window and starts the dashboard in it.</summary>
    public static async Task<Window> Open(Sandbox sandbox, Judge judge, int columns = 120, int rows = 40) => judge switch
    {
        Judge.Emulator => new EmulatorWindow(sandbox.Open(columns, rows)),
        _ => await TmuxWindow.Open(sandbox, columns, rows),
    };

    /// <summary>Text as the keyboard makes it.</summary>
    public abstract Task Type(string text);

    /// <summary>One key, sent as this terminal sends it now.</summary>
    public abstract Task Press(KeyPress press);

    public Task Press(Key key) => Press(KeyPress.Of(key));

    public Task Press(char character, KeyModifiers modifiers) => Press(KeyPress.Of(character, modifiers));

    /// <summary>The chord that leaves a session.</summary>
    public Task PressChord() => Press(']', KeyModifiers.Control);

    public abstract Task Resize(int columns, int rows);

    public abstract Task<Picture> Look();

    /// <summary>Completes when the screen is as described, and fails with a picture of it when that does not happen in time.</summary>
    public abstract Task<Picture> Until(Func<Picture, bool> isSo, string what);

    public Task<Picture> UntilShows(string text) => Until(picture => picture.Shows(text), $"\"{text}\"");

    /// <summary>A session has its tile, with this in it.</summary>
    public Task<Picture> UntilTile(string title, string text) => Until(picture => picture.ShowsIn(title, text), $"\"{text}\" in the tile {title}");

    public Task<Picture> UntilFocused(string title) => Until(picture => picture.IsFocused(title), $"focus on {title}");

    /// <summary>What the dashboard ended with.</summary>
    public abstract Task<int> Exited();
}
