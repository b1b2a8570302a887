using System.Globalization;
using System.Text;
using System.Text.Json;
using Tether.Protocol.Terminal;
using Tether.Protocol.Terminal.Unicode;
using Tether.Testing.Terminal;
using Tether.Tui.Dashboard.Tiles;
using Tether.Tui.Rendering;
using Tether.Tui.Tests.Rendering;
using Tether.Tui.Tests.Support;
using Tether.Tui.Views.Controls;
using Tether.Tui.Views.Dashboard;
using Xunit;

namespace Tether.Tui.Tests.Dashboard.Tiles;

/// <summary>
/// A tile shows what the session's own emulator has on its screen, cell by cell, from wherever it began to follow; and so does the terminal that the
/// frames are rendered for. TETHER_EXACTNESS names files beside those of the repository: recordings (`*.COLUMNSxROWS.raw`) and vectors (`*.jsonl`).
/// </summary>
public sealed class TileExactnessTests
{
    // Each step draws and compares a whole screen at two depths.
    private const int Steps = 40;

    private static readonly TileLook Look = new(1, "title", "agent", "●", "working", default);

    public static TheoryData<string> Recordings => [.. Directory.EnumerateFiles(Repository.Path("tests/recordings"), "*.raw").Select(file => Path.GetFileName(file)).Order()];

    public static TheoryData<string> Scripts => [.. Directory.EnumerateFiles(Repository.Path("tests/vt-scripts"), "*.vt").Select(file => Path.GetFileName(file)).Order()];

    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 40)];

    [Theory]
    [MemberData(nameof(Recordings))]
    public void Recordings_of_programs(string file) => Follow(Recording(Repository.Path($"tests/recordings/{file}")), rounds: 4);

    [Theory]
    [MemberData(nameof(Scripts))]
    public void The_scripts_of_the_emulator(string file)
    {
        foreach (var script in VtScript.Load(Repository.Path($"tests/vt-scripts/{file}")))
        {
            foreach (var (columns, rows, bytes) in script.Streams())
            {
                Follow(new Stream(script.Name, columns, rows, bytes), rounds: 2);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Streams_of_every_sequence_there_is(int seed) =>
        Follow(new Stream($"seed {seed}", 20 + seed, 4 + (seed % 20), new StreamGenerator(seed, isHostile: seed % 2 == 0).Next(400)), rounds: 1);

    [Fact]
    public void Files_that_the_environment_names()
    {
        var failures = new StringBuilder();
        foreach (var file in (Environment.GetEnvironmentVariable("TETHER_EXACTNESS") ?? "").Split(':', StringSplitOptions.RemoveEmptyEntries))
        {
            foreach (var stream in file.EndsWith(".jsonl", StringComparison.Ordinal) ? Vectors(file) : [Recording(file)])
            {
                foreach (var isFromStart in (bool[])[true, false])
                {
                    var failure = Record.Exception(() => Follow(stream, new Random(stream.Bytes.Length * 31), isFromStart));
                    failures.Append(failure is null ? "" : $"{failure.Message}\n");
                }
            }
        }

        Assert.True(failures.Length == 0, failures.ToString());
    }

    private static Stream Recording(string file)
    {
        // shell.40x12.raw
        var size = Path.GetFileName(file).Split('.')[^2].Split('x', '-')[^2..].Select(number => int.Parse(number, CultureInfo.InvariantCulture)).ToArray();
        return new Stream(Path.GetFileName(file), size[0], size[1], File.ReadAllBytes(file));
    }

    private static IEnumerable<Stream> Vectors(string file)
    {
        foreach (var line in File.ReadLines(file))
        {
            var vector = JsonDocument.Parse(line).RootElement;
            if (vector.TryGetProperty("cols", out var columns) && vector.TryGetProperty("input", out var input) && input.TryGetBytesFromBase64(out var bytes))
            {
                yield return new Stream(vector.GetProperty("name").GetString()!, columns.GetInt32(), vector.GetProperty("rows").GetInt32(), bytes);
            }
        }
    }

    private static void Follow(Stream stream, int rounds)
    {
        Follow(stream, new Random(stream.Bytes.Length), isFromStart: true);
        for (var round = 0; round < rounds; round++)
        {
            Follow(stream, new Random((stream.Bytes.Length * 31) + round), isFromStart: false);
        }
    }

    private static void Follow(Stream stream, Random random, bool isFromStart)
    {
        var session = new FedSession(stream.Columns, stream.Rows);
        var whole = new Frame(stream.Columns + TileView.Border, stream.Rows + TileView.Border);
        var outers = new[] { new Outer(ColorDepth.TrueColor, whole), new Outer(ColorDepth.Palette256, whole) };
        var piece = Math.Max(1, stream.Bytes.Length / Steps);
        var attach = isFromStart ? -1 : random.Next(stream.Bytes.Length);
        if (isFromStart)
        {
            session.SendSnapshot();
        }

        for (var at = 0; at < stream.Bytes.Length;)
        {
            var length = Math.Min(random.Next(1, (2 * piece) + 1), stream.Bytes.Length - at);
            session.Print(stream.Bytes.AsSpan(at, length));
            at += length;
            if (at <= attach)
            {
                continue;
            }

            if (!isFromStart && at - length <= attach && !IsBetweenCharacters(stream.Bytes, (int)session.Emulator.SafePosition))
            {
                attach = at;
                continue;
            }

            var isSnapshot = !isFromStart
                && (at - length <= attach || (random.Next(12) == 0 && IsBetweenCharacters(stream.Bytes, (int)session.Emulator.SafePosition)));
            if (isSnapshot)
            {
                session.SendSnapshot();
            }
            else
            {
                session.SendOutput();
            }

            if (IsAhead(session, stream.Bytes.AsSpan(0, at)))
            {
                continue;
            }

            var where = $"{stream.Name}, {(isFromStart ? "from the start" : $"from {attach}")}, byte {at} of {stream.Bytes.Length}{(isSnapshot ? " (snapshot)" : "")}";
            Draw(whole, session.Replica);
            CompareWhole(whole, session.Emulator, where);
            CompareCrop(session, random, where);
            foreach (var outer in outers)
            {
                outer.Show(whole, where);
            }
        }
    }

    // What is unfinished is held back, though the session knows more: a control in the middle of a sequence acts at once, and what follows half a
    // character says that it will never be whole.
    private static bool IsAhead(FedSession session, ReadOnlySpan<byte> printed)
    {
        var held = printed[(int)session.Emulator.SafePosition..];
        return session.Replica.Emulator.SafePosition != session.Replica.Emulator.Position
            || (held.Length > 1 && held[1..].ContainsAnyInRange((byte)0, (byte)0x1a));
    }

    // In the middle of a cluster, and in front of REP, a snapshot says all there is to say only mostly: LastCharacter tells where it cannot.
    private static bool IsBetweenCharacters(ReadOnlySpan<byte> bytes, int at)
    {
        var next = bytes[at..];
        var sequence = next.IndexOfAnyInRange((byte)'@', (byte)'~') is var end and >= 0 && next[0] == '\e' ? next[(end + 1)..] : default;
        return next.IsEmpty || (next[0] < 0x80 && sequence.IndexOfAnyInRange((byte)'@', (byte)'~') is var final && (final < 0 || sequence[final] != 'b'));
    }

    private static void Draw(Frame frame, SessionReplica replica)
    {
        frame.Clear();
        TileView.Draw(new Canvas(frame, new Area(0, 0, frame.Columns, frame.Rows)), Schemes.Dark, Look with { IsLive = true }, replica, null, new Dimming(null));
    }

    private static void CompareWhole(Frame frame, TerminalEmulator session, string where)
    {
        for (var row = 0; row < session.Rows; row++)
        {
            var cells = session.RowAt(session.TopRow + row).Cells;
            for (var column = 0; column < session.Columns; column++)
            {
                Compare(frame.Row(row + 1)[column + 1], session, cells[column], isCut: false, $"{where}, row {row} column {column}");
            }
        }

        var cursor = session.IsCursorVisible ? (session.Cursor.Row + 1, session.Cursor.Column + 1) : ((int, int)?)null;
        Assert.True(cursor == frame.Cursor, $"{where}: the cursor is {frame.Cursor}, not {cursor}");
        Assert.True(cursor is null || session.CursorShape == frame.CursorShape, $"{where}: the cursor is a {frame.CursorShape}, not a {session.CursorShape}");
    }

    private static void CompareCrop(FedSession session, Random random, string where)
    {
        var emulator = session.Emulator;
        var (columns, rows) = (random.Next(1, emulator.Columns + 1), random.Next(1, emulator.Rows + 1));
        var frame = new Frame(columns + TileView.Border, rows + TileView.Border);
        Draw(frame, session.Replica);
        var crop = TileView.CropOf(emulator, new Area(0, 0, columns, rows));
        for (var row = 0; row < rows; row++)
        {
            var cells = emulator.RowAt(emulator.TopRow + crop.Row + row).Cells;
            for (var column = 0; column < columns; column++)
            {
                var cell = cells[crop.Column + column];
                var isCut = (column == 0 && cell.Width == CellWidth.Tail) || (column == columns - 1 && cell.Width == CellWidth.Wide);
                Compare(frame.Row(row + 1)[column + 1], emulator, cell, isCut, $"{where}, {columns}×{rows} from {crop.Row},{crop.Column}: row {row} column {column}");
            }
        }
    }

    private static void Compare(in FrameCell drawn, TerminalEmulator session, Cell cell, bool isCut, string where)
    {
        var text = new StringBuilder();
        drawn.AppendTo(text);
        var (expected, width) = isCut ? (" ", CellWidth.Narrow) : (session.GetText(cell), cell.Width == CellWidth.Spacer ? CellWidth.Narrow : cell.Width);
        var drawnWidth = drawn.Width == CellWidth.Spacer ? CellWidth.Narrow : drawn.Width;
        if (text.ToString() != expected || drawnWidth != width || drawn.Style != session.GetStyle(cell))
        {
            Assert.Fail($"{where}: drawn '{text}' {drawnWidth} {FrameText.Words(drawn.Style)}, but the session has '{expected}' {width} {FrameText.Words(session.GetStyle(cell))}");
        }
    }

    /// <param name="Name">For failures.</param>
    /// <param name="Columns">Of the session.</param>
    /// <param name="Rows">Likewise.</param>
    /// <param name="Bytes">What its program prints.</param>
    private sealed record Stream(string Name, int Columns, int Rows, byte[] Bytes);

    /// <summary>A terminal that frames are rendered for, one after another.</summary>
    private sealed class Outer
    {
        private readonly FrameRenderer _renderer;
        private readonly StyleFit _fit;
        private readonly TerminalEmulator _terminal;

        public Outer(ColorDepth colors, Frame frame)
        {
            (_renderer, _fit) = (new FrameRenderer { Colors = colors }, new StyleFit { Colors = colors });
            _terminal = new TerminalEmulator(new TerminalOptions { Columns = frame.Columns, Rows = frame.Rows });
        }

        public void Show(Frame frame, string where)
        {
            _terminal.Feed(_renderer.Render(frame).Span);
            var expected = new Frame(frame.Columns, frame.Rows) { Cursor = frame.Cursor, CursorShape = frame.CursorShape };
            for (var row = 0; row < frame.Rows; row++)
            {
                for (var column = 0; column < frame.Columns; column++)
                {
                    var cell = frame.Row(row)[column];
                    expected.Row(row)[column] = AsCluster(cell) with { Style = _fit.Of(cell.Style) };
                }
            }

            var (wanted, shown) = (RandomFrames.Describe(expected), RandomFrames.Describe(_terminal));
            if (wanted != shown)
            {
                Assert.Fail($"{where}, {_renderer.Colors}:\n{Difference(wanted.Split('\n'), shown.Split('\n'))}");
            }
        }

        // A session may measure by code points (2027 reset) and have in a cell what is not as wide as one cluster: its first character is shown.
        private static FrameCell AsCluster(in FrameCell cell)
        {
            if (cell.Cluster is not { } text || (DisplayWidth.NextCluster(text, out var width) == text.Length && width == (cell.Width == CellWidth.Wide ? 2 : 1)))
            {
                return cell;
            }

            Rune.DecodeFromUtf16(text, out var first, out _);
            return cell with { CodePoint = first.Value, Cluster = null };
        }

        private static string Difference(string[] wanted, string[] shown) => string.Join(
            '\n', wanted.Zip(shown).Where(lines => lines.First != lines.Second).Take(3).Select(lines => $"wanted {lines.First}\nshown  {lines.Second}"));
    }
}
