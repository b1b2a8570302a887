namespace Tether.EndToEnd.Tests;

/// <summary>TETHER_SOAK=20 repeats what must survive repetition 20 times, and makes what is large as large as it was promised.</summary>
internal static class Soak
{
    private static readonly int Asked = int.TryParse(Environment.GetEnvironmentVariable("TETHER_SOAK"), out var rounds) ? rounds : 0;

    public static bool IsOn => Asked > 0;

    public static int Rounds => IsOn ? Asked : 3;

    /// <summary>One of two sizes.</summary>
    public static int Size(int usual, int promised) => IsOn ? promised : usual;
}
