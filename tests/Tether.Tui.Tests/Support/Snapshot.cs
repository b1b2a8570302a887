using System.Text;
using Tether.Testing.Terminal;
using Tether.Tui.Rendering;
using Xunit;

namespace Tether.Tui.Tests.Support;

/// <summary>
/// Compares frames with the pictures kept beside the tests. With TETHER_WRITE_SNAPSHOTS=1 they are written instead, and the test fails, so that a
/// picture is looked at before it counts.
/// </summary>
internal static class Snapshot
{
    private const int ShownDifferences = 24;

    private static bool IsWriting => Environment.GetEnvironmentVariable("TETHER_WRITE_SNAPSHOTS") == "1";

    /// <param name="frame">What was drawn.</param>
    /// <param name="name">The file below tests/Tether.Tui.Tests, without its ending: `Views/Dashboard/Snapshots/TopLine-80x24`.</param>
    public static void Matches(Frame frame, string name) => Matches(FrameText.Of(frame), name);

    /// <inheritdoc cref="Matches(Frame, string)"/>
    public static void Matches(string text, string name)
    {
        var path = Repository.Path($"tests/Tether.Tui.Tests/{name}.txt");
        if (IsWriting)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, text);
            Assert.Fail($"{name} was written: look at it, then run without TETHER_WRITE_SNAPSHOTS");
        }

        var expected = File.Exists(path) ? File.ReadAllText(path) : "";
        if (expected != text)
        {
            Assert.Fail($"{name} differs (TETHER_WRITE_SNAPSHOTS=1 writes it anew):\n{Difference(expected.Split('\n'), text.Split('\n'))}");
        }
    }

    private static string Difference(string[] expected, string[] drawn)
    {
        var text = new StringBuilder();
        var shown = 0;
        for (var line = 0; line < Math.Max(expected.Length, drawn.Length); line++)
        {
            var (before, now) = (expected.ElementAtOrDefault(line), drawn.ElementAtOrDefault(line));
            if (before == now)
            {
                continue;
            }

            if (++shown > ShownDifferences)
            {
                return text.Append("…\n").ToString();
            }

            text.Append(before is null ? "" : $"line {line + 1} - {before}\n").Append(now is null ? "" : $"line {line + 1} + {now}\n");
        }

        return text.ToString();
    }
}
