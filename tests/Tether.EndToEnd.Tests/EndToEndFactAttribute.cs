namespace Tether.EndToEnd.Tests;

/// <summary>
/// A test against the real programs. It has a time limit, and is skipped with a reason when what it needs is not on this machine:
/// names of programs, or `root`.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class EndToEndFactAttribute : FactAttribute
{
    public EndToEndFactAttribute(params string[] needs)
    {
        Timeout = Needs.TimeLimit;
        Skip = Needs.Missing(needs);
    }
}
