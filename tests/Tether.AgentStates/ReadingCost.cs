using System.Diagnostics;
using Tether.Daemon.Agents.Screens;
using Tether.Protocol.Terminal;

namespace Tether.AgentStates;

/// <summary>What one reading of a screen costs: its text from the emulator, and all rules over it.</summary>
internal static class ReadingCost
{
    private const int Rounds = 300;

    public static void Measure(RuleBook rules)
    {
        foreach (var (name, read) in ScreenFixtures.BuiltIn())
        {
            var fixture = ScreenFixture.Parse(read());
            var emulator = new TerminalEmulator(new TerminalOptions { Columns = fixture.Screen.Columns, Rows = fixture.Screen.Rows.Length });
            emulator.Feed(System.Text.Encoding.UTF8.GetBytes(string.Join("\r\n", fixture.Screen.Rows)));
            var image = new ScreenImage();
            var set = rules.For(fixture.Agent);
            for (var i = 0; i < Rounds; i++)
            {
                image.Take(emulator);
                set.OfScreen(image, default);
            }

            var bytes = GC.GetAllocatedBytesForCurrentThread();
            var begun = Stopwatch.GetTimestamp();
            for (var i = 0; i < Rounds; i++)
            {
                image.Take(emulator);
            }

            var taken = Stopwatch.GetElapsedTime(begun);
            var takenBytes = GC.GetAllocatedBytesForCurrentThread() - bytes;
            begun = Stopwatch.GetTimestamp();
            for (var i = 0; i < Rounds; i++)
            {
                set.OfScreen(image, default);
            }

            var matched = Stopwatch.GetElapsedTime(begun);
            var matchedBytes = GC.GetAllocatedBytesForCurrentThread() - bytes - takenBytes;
            Console.WriteLine($"{name,-45} text {taken.TotalMicroseconds / Rounds,6:0.0} µs {takenBytes / Rounds,5} B   rules {matched.TotalMicroseconds / Rounds,7:0.0} µs {matchedBytes / Rounds,6} B");
        }
    }
}
