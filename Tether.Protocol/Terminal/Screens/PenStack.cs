namespace Tether.Protocol.Terminal.Screens;

/// <summary>XTPUSHSGR and XTPOPSGR: at most ten styles.</summary>
internal sealed class PenStack
{
    private const int MaxDepth = 10;

    private readonly List<Style> _styles = [];

    public IReadOnlyList<Style> Styles => _styles;

    public void Push(Screen screen)
    {
        if (_styles.Count < MaxDepth)
        {
            _styles.Add(screen.Style);
        }
    }

    public void Pop(Screen screen)
    {
        if (_styles.Count > 0)
        {
            screen.Style = _styles[^1];
            _styles.RemoveAt(_styles.Count - 1);
        }
    }
}
