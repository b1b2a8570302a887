namespace Tether.Protocol.Terminal.Screens;

/// <summary>What DECSC keeps, one per screen.</summary>
internal struct SavedCursor
{
    public int Row;
    public int Column;
    public bool PendingWrap;
    public bool Origin;
    public bool IsSet;
    public ulong Protection;
    public Style Style;
    public Charsets Charsets = new();

    public SavedCursor()
    {
    }
}
