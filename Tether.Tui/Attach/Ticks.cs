namespace Tether.Tui.Attach;

/// <summary>Milliseconds until something is due, where -1 means never.</summary>
internal static class Ticks
{
    public static int Sooner(int a, int b) => a < 0 ? b : b < 0 ? a : Math.Min(a, b);
}
