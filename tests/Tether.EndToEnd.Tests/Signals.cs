namespace Tether.EndToEnd.Tests;

/// <summary>Signal numbers, the same on Linux and macOS but for the last two.</summary>
internal static class Signals
{
    public const int Hangup = 1;
    public const int Interrupt = 2;
    public const int Kill = 9;
    public const int Terminate = 15;

    public static readonly int Stop = OperatingSystem.IsMacOS() ? 17 : 19;
    /// <summary>What Ctrl-Z sends.</summary>
    public static readonly int TerminalStop = OperatingSystem.IsMacOS() ? 18 : 20;
    public static readonly int Continue = OperatingSystem.IsMacOS() ? 19 : 18;
}
