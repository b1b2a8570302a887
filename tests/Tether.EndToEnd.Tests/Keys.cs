namespace Tether.EndToEnd.Tests;

/// <summary>What a person types in front of an attached session.</summary>
internal static class Keys
{
    /// <summary>Ctrl-], the chord unless another is configured.</summary>
    public const string Chord = "\x1d";

    public const string Detach = Chord + "d";
    public const string Observe = Chord + "o";
    public const string TakeControl = Chord + "t";
    public const string Next = Chord + "n";
    public const string Previous = Chord + "p";
    public const string Redraw = Chord + "r";
    public const string Help = Chord + "?";
}
