namespace Tether.EndToEnd.Tests;

/// <summary>Tests that measure time or memory, or that load the whole machine: they run one by one, after all others.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class AloneCollection
{
    public const string Name = "alone";
}
