namespace Tether.Daemon.Sessions;

/// <summary>
/// Lets each kind of event through at once, and again only after a pause, then with its newest text: a program that rings a million bells
/// costs the event log twenty entries a second.
/// </summary>
internal sealed class EventThrottle(Deadlines deadlines, Action<string, string> emit)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    // A kind that is here was told within the pause; its value is what came since.
    private readonly Dictionary<string, string?> _quiet = [];

    public void Happened(string kind, string text)
    {
        if (_quiet.ContainsKey(kind))
        {
            _quiet[kind] = text;
            return;
        }

        Emit(kind, text);
    }

    private void Emit(string kind, string text)
    {
        _quiet[kind] = null;
        emit(kind, text);
        deadlines.After(Pause, () =>
        {
            if (_quiet.Remove(kind, out var newest) && newest is not null)
            {
                Emit(kind, newest);
            }
        });
    }
}
