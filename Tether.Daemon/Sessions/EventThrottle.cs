namespace Tether.Daemon.Sessions;

/// <summary>
/// Lets each kind of event through at once, and again only after a pause, then with its newest text: a program that rings a million bells
/// costs the event log twenty entries a second. The marks of a shell's dialogue count as a kind each, since the end of a command, the next prompt and
/// its command line come in one breath and none replaces another.
/// </summary>
internal sealed class EventThrottle(Deadlines deadlines, Action<string, string> emit)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    // A kind that is here was told within the pause; its value is what came since.
    private readonly Dictionary<(string Kind, char Mark), string?> _quiet = [];

    public void Happened(string kind, string text)
    {
        var key = (kind, kind == SessionEventText.Prompt ? text[0] : '\0');
        if (_quiet.ContainsKey(key))
        {
            _quiet[key] = text;
            return;
        }

        Emit(key, text);
    }

    private void Emit((string Kind, char Mark) key, string text)
    {
        _quiet[key] = null;
        emit(key.Kind, text);
        deadlines.After(Pause, () =>
        {
            if (_quiet.Remove(key, out var newest) && newest is not null)
            {
                Emit(key, newest);
            }
        });
    }
}
