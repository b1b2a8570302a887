using Tether.Protocol.Terminal.Cells;

namespace Tether.Protocol.Terminal.Screens;

/// <summary>The interned parts that cells refer to by number, shared by both screens.</summary>
internal sealed class ScreenTables
{
    private bool[] _marks = [];

    public StyleTable Styles { get; } = new();

    public ClusterTable Clusters { get; } = new();

    public LinkTable Links { get; } = new();

    /// <summary>A cleared place to mark what is in use.</summary>
    public Span<bool> Marks(int count)
    {
        if (_marks.Length < count)
        {
            _marks = new bool[count];
        }

        _marks.AsSpan(0, count).Clear();
        return _marks.AsSpan(0, count);
    }

    /// <summary>The number of a style, without ever sweeping: a reader's cells must stay valid.</summary>
    public ushort Intern(in Style style) => Styles.TryFind(style, out ushort id) ? id : Styles.Add(style);

    public ushort Intern(Hyperlink link) => Links.TryFind(link, out ushort id) ? id : Links.Add(link);
}
