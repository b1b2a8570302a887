namespace Tether.Tui.Rendering;

/// <summary>What a border is drawn with, so that it tells a state without colours.</summary>
internal enum BoxKind
{
    Single,
    Heavy,
    Double,
    Rounded,

    /// <summary>For terminals and fonts without line drawing.</summary>
    Ascii,
}
