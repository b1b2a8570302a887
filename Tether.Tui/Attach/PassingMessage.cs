namespace Tether.Tui.Attach;

/// <summary>A line that tells something and goes away by itself, or with the next key.</summary>
internal sealed class PassingMessage(SessionScreen screen)
{
    private const int Milliseconds = 4000;

    private long _until;

    /// <summary>Milliseconds until it goes; -1 when there is none.</summary>
    public int NextTick => _until == 0 ? -1 : (int)Math.Max(0, _until - Environment.TickCount64);

    public bool IsDue => _until != 0 && Environment.TickCount64 >= _until;

    public bool IsShown => _until != 0;

    public void Show(string text)
    {
        _until = Environment.TickCount64 + Milliseconds;
        screen.ShowOverlay([$" {text}"], holdsOutput: false);
    }

    /// <summary>Something else is painted in its place.</summary>
    public void Forget() => _until = 0;
}
