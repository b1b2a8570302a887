using System.Buffers;
using Tether.Protocol.Terminal;
using Tether.Protocol.Terminal.Snapshots;
using Tether.Testing.Terminal;
using Xunit;

namespace Tether.Protocol.Tests.Terminal;

public sealed class ResetTests
{
    [Theory]
    [InlineData("\e[?1049h\e[>5u\e[2;3r\e[?6h")]
    [InlineData("\e[>1u\e[>3u\e[?1003;1006;2004;1004;2031h\e[?1h\e=")]
    [InlineData("\e[?69h\e[2;5s\e[4h\e[?7l\e[?25l\e[5 q\e[1;31m\e(0")]
    [InlineData("\e]4;1;#123456\a\e]11;#000000\a\e[>4;2m\e]8;;http://x\a")]
    public void A_viewer_gets_its_terminal_back(string text)
    {
        var session = TestTerminal.Of(40, 10);
        var viewer = TestTerminal.Of(40, 10);
        viewer.Feed("\e[>7u");
        string before = State(viewer);
        session.Feed(text);
        viewer.Feed(text);
        var reset = new ArrayBufferWriter<byte>();
        SnapshotWriter.WriteReset(session.Emulator, reset);
        viewer.Feed(reset.WrittenSpan);
        Assert.Equal(before, State(viewer));
    }

    [Fact]
    public void The_cursor_is_left_behind_the_last_used_line()
    {
        TestTerminal session = TestTerminal.Of(20, 6).Feed("a\r\nb\r\nc\e[1;1H");
        var reset = new ArrayBufferWriter<byte>();
        SnapshotWriter.WriteReset(session.Emulator, reset);
        Assert.Equal((3, 0), session.Feed(reset.WrittenSpan).Cursor);
    }

    private static string State(TestTerminal terminal)
    {
        string[] lines = StateText.Of(terminal.Emulator).Split('\n');
        return string.Join('\n', lines.Where(line => line.Split(' ')[0] is "modes" or "keys" or "margins" or "charsets" or "kitty" or "color" or "dynamic"))
            + terminal.Emulator.IsAlternateScreen + terminal.Emulator.Modes[TerminalMode.SynchronizedOutput];
    }
}
