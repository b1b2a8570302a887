namespace Tether.Tui.Dashboard.Model;

/// <summary>By what the session list is divided.</summary>
internal enum Grouping
{
    None,

    /// <summary>The directory in which it was started.</summary>
    Directory,

    /// <summary>Its first tag.</summary>
    Tag,

    /// <summary>The machine it runs on.</summary>
    Host,
}
