using Tether.Tui.Terminal;

namespace Tether.Tui.Attach;

/// <summary>What a person chose in the menu.</summary>
internal enum MenuChoice
{
    Resume,
    SendChord,
    Detach,
    Observe,
    TakeControl,
    Next,
    Previous,
    Redraw,
}

/// <summary>
/// The menu behind the escape chord. Its line appears only when nothing is chosen at once, so that who knows the keys sees no flicker.
/// </summary>
internal sealed class Menu(SessionScreen screen, EscapeChord chord, string whereabouts)
{
    private const int HintDelayMilliseconds = 250;

    private bool _isShown;
    private bool _isHelp;
    private readonly long _shownAt = Environment.TickCount64 + HintDelayMilliseconds;

    /// <summary>Milliseconds until the line is due; -1 when it is there.</summary>
    public int NextTick => _isShown ? -1 : (int)Math.Max(0, _shownAt - Environment.TickCount64);

    public void Tick()
    {
        if (!_isShown && Environment.TickCount64 >= _shownAt)
        {
            Show([Line]);
        }
    }

    /// <summary>Typed keys. Null: none that chooses anything yet.</summary>
    /// <param name="used">The bytes up to and with that key.</param>
    public MenuChoice? Take(ReadOnlySpan<byte> typed, out int used)
    {
        if (MenuKeys.First(typed, chord.Byte, out used) is not { } key)
        {
            return null;
        }

        if (key == '?' && !_isHelp)
        {
            _isHelp = true;
            Show(Help);
            return null;
        }

        return key switch
        {
            MenuKeys.ChordKey => MenuChoice.SendChord,
            'd' => MenuChoice.Detach,
            'o' => MenuChoice.Observe,
            't' => MenuChoice.TakeControl,
            'n' => MenuChoice.Next,
            'p' => MenuChoice.Previous,
            'r' => MenuChoice.Redraw,
            _ => MenuChoice.Resume,
        };
    }

    private string Line => $" d detach  o observe  t control  n/p next/prev  r redraw  ? help   {whereabouts}";

    private string[] Help =>
    [
        $" {whereabouts}",
        "",
        " d        detach: the session goes on without this terminal",
        " o        observe: see, but leave typing and the size to somebody else",
        " t        take control: type, and give the session this terminal's size",
        " n  p     next, previous session",
        " r        draw the screen again",
        $" {chord.Name,-8} send {chord.Name} itself to the program",
        "",
        " An observer whose terminal has another size sees a part of the screen:",
        " arrow keys, Page Up/Down, Home and the mouse wheel move it; End follows the cursor.",
        $" {EscapeChord.Variable}=ctrl-b (or none) sets another key instead of {chord.Name}.",
        " Any other key goes back.",
    ];

    private void Show(IReadOnlyList<string> lines)
    {
        _isShown = true;
        screen.ShowOverlay(lines, holdsOutput: true);
    }
}
