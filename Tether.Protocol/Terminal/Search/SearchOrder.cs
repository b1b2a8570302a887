namespace Tether.Protocol.Terminal.Search;

/// <summary>Which end a search begins at.</summary>
public enum SearchOrder
{
    NewestFirst,

    OldestFirst,
}
