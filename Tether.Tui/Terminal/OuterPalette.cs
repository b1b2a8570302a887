using Tether.Protocol.Terminal.Keys;
using Tether.Tui.Native;

namespace Tether.Tui.Terminal;

/// <summary>Waits for what the outer terminal says about its colours, before or after a session is shown on it.</summary>
internal static class OuterPalette
{
    // A terminal at hand answers within a few milliseconds, and every one answers.
    private const int PatienceMilliseconds = 1500;

    // Nobody notices this at a detach, and only a terminal that was asked a moment ago is waited for.
    private const int FarewellMilliseconds = 250;
    private const int MomentMilliseconds = 2000;

    /// <summary>Asks a terminal that is in raw mode. Should it not have answered in time, the inquiry is still open.</summary>
    /// <param name="typedAhead">Keys that were typed before the terminal had answered: they belong to the program.</param>
    public static ColorInquiry Ask(TerminalDevice terminal, out byte[] typedAhead)
    {
        var inquiry = new ColorInquiry(mustAsk: true);
        inquiry.Begin();
        terminal.Write(ColorInquiry.Questions);
        typedAhead = Await(terminal, inquiry, Environment.TickCount64 + PatienceMilliseconds);
        return inquiry;
    }

    /// <summary>
    /// Takes what a terminal was asked at <paramref name="askedAt"/> and has not answered: the shell that reads it next did not ask. The keys that were typed meanwhile.
    /// </summary>
    public static byte[] TakeLate(TerminalDevice terminal, ColorInquiry inquiry, long askedAt)
    {
        var now = Environment.TickCount64;
        return now - askedAt < MomentMilliseconds ? Await(terminal, inquiry, now + FarewellMilliseconds) : [];
    }

    private static byte[] Await(TerminalDevice terminal, ColorInquiry inquiry, long until)
    {
        var typed = new List<byte>();
        Span<byte> received = stackalloc byte[1024];
        while (inquiry.IsOpen && Environment.TickCount64 is var now && now < until && Poller.WaitReadable(terminal.WaitDescriptor, (int)(until - now)))
        {
            var count = terminal.Read(received);
            if (count == 0)
            {
                break;
            }

            Add(typed, inquiry.Take(received[..Math.Max(0, count)]));
        }

        Add(typed, inquiry.LetGo());
        return [.. typed];
    }

    private static void Add(List<byte> typed, ReadOnlySpan<byte> more)
    {
        foreach (var key in more)
        {
            typed.Add(key);
        }
    }
}
