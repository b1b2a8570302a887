using System.Buffers;
using Tether.Protocol.Terminal.Snapshots;
using Tether.Testing.Terminal;
using Xunit;

namespace Tether.Protocol.Tests.Terminal;

/// <summary>Real programs, from tests/recordings.</summary>
public sealed class RecordingTests
{
    public static TheoryData<string> Names =>
        [.. Directory.EnumerateFiles(Repository.Path("tests/recordings"), "*.raw").Select(file => Path.GetFileNameWithoutExtension(file)).Order()];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_recording_gives_its_screen(string name)
    {
        // shell.40x12
        int[] size = [.. name.Split('.')[1].Split('x').Select(int.Parse)];
        byte[] bytes = File.ReadAllBytes(Repository.Path($"tests/recordings/{name}.raw"));
        string[] expected = File.ReadAllLines(Repository.Path($"tests/recordings/{name}.txt"));
        foreach (int piece in new[] { bytes.Length, 1, 5, 100 })
        {
            var terminal = TestTerminal.Of(size[0], size[1]);
            for (int i = 0; i < bytes.Length; i += piece)
            {
                terminal.Feed(bytes.AsSpan(i, Math.Min(piece, bytes.Length - i)));
            }

            string[] shown = [.. terminal.Lines, $"cursor {terminal.Cursor.Row},{terminal.Cursor.Column}"];
            Assert.Equal(expected, shown);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_snapshot_in_the_middle_of_a_recording_goes_on_like_the_original(string name)
    {
        int[] size = [.. name.Split('.')[1].Split('x').Select(int.Parse)];
        byte[] bytes = File.ReadAllBytes(Repository.Path($"tests/recordings/{name}.raw"));
        for (int part = 1; part <= 10; part++)
        {
            int cut = bytes.Length * part / 10;
            TestTerminal original = TestTerminal.Of(size[0], size[1]).Feed(bytes.AsSpan(0, cut));
            var snapshot = new ArrayBufferWriter<byte>();
            SnapshotWriter.Write(original.Emulator, snapshot, new SnapshotOptions { ScrollbackRows = 1000 });
            TestTerminal copy = TestTerminal.Of(size[0], size[1]).Feed(snapshot.WrittenSpan);
            Assert.Equal(StateText.Of(original.Emulator, 1000), StateText.Of(copy.Emulator, 1000));

            copy.Feed(bytes.AsSpan((int)original.Emulator.SafePosition));
            original.Feed(bytes.AsSpan(cut));
            Assert.Equal(StateText.Of(original.Emulator, 1000), StateText.Of(copy.Emulator, 1000));
        }
    }
}
