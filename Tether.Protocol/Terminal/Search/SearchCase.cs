namespace Tether.Protocol.Terminal.Search;

/// <summary>Whether upper and lower case are the same letter to a search.</summary>
public enum SearchCase
{
    /// <summary>They are, unless the pattern holds an upper-case letter.</summary>
    Smart,

    Sensitive,

    Insensitive,
}
