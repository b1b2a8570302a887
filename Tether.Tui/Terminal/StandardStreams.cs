using System.Runtime.InteropServices;
using System.Text;
using Tether.Tui.Native;

namespace Tether.Tui.Terminal;

/// <summary>Lines to standard output and error without System.Console, whose set-up of the terminal costs the start some milliseconds.</summary>
internal static class StandardStreams
{
    private static readonly Lazy<bool> LazyIsOutputTerminal = new(() => LibC.isatty(1) != 0);

    public static bool IsOutputTerminal => LazyIsOutputTerminal.Value;

    public static bool IsInputTerminal => LibC.isatty(0) != 0;

    /// <summary>What is printed goes to a terminal whose person has nothing against colours.</summary>
    public static bool HasColors => IsOutputTerminal && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"));

    /// <exception cref="TetherException">It could not be written, for another reason than that nobody reads any more.</exception>
    public static void Print(string text) => Print(Encoding.UTF8.GetBytes(text));

    public static void PrintLine(string line = "") => Print(line + "\n");

    /// <exception cref="TetherException">It could not be written, for another reason than that nobody reads any more.</exception>
    public static void Print(ReadOnlySpan<byte> bytes)
    {
        // A pipe whose reader has seen enough, and a terminal that hung up, are nothing to complain of.
        if (!Descriptor.Write(1, bytes) && Marshal.GetLastPInvokeError() is var error and not (LibC.BrokenPipe or LibC.InputOutputError))
        {
            throw new TetherException(ExitCodes.Failure, $"standard output cannot be written: {Marshal.GetPInvokeErrorMessage(error)}");
        }
    }

    public static void Complain(string message) => Descriptor.Write(2, Encoding.UTF8.GetBytes($"tether: {message}\n"));
}
