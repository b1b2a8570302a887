namespace Tether.EndToEnd.Tests;

/// <summary>The same for a test with several cases.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class EndToEndTheoryAttribute : TheoryAttribute
{
    public EndToEndTheoryAttribute(params string[] needs)
    {
        Timeout = Needs.TimeLimit;
        Skip = Needs.Missing(needs);
    }
}
