using System.Buffers;
using System.Text;
using Tether.Protocol.Terminal;
using Tether.Protocol.Terminal.Snapshots;

namespace Tether.Daemon;

/// <summary>
/// Has the runtime compile the emulator's hot methods at their best level right after the daemon's start, on a thread of low priority, instead of while the first
/// session floods: precompiled code runs at about half the speed, and recompiling it costs 0.15 s of processor time once in a daemon's life.
/// </summary>
internal static class Warmup
{
    // A method is recompiled once it has been called 30 times; a piece is as large as a pty's read.
    private const int Rounds = 60;
    private const int PieceSize = 4096;
    private const int StackSize = 256 * 1024;

    public static void Start() => new Thread(Run, StackSize) { Name = "warm-up", IsBackground = true, Priority = ThreadPriority.BelowNormal }.Start();

    private static void Run()
    {
        var emulator = new TerminalEmulator(new TerminalOptions { ScrollbackRows = 200 });
        var sample = Encoding.UTF8.GetBytes(Sample());
        var snapshot = new ArrayBufferWriter<byte>();
        for (var round = 0; round < Rounds; round++)
        {
            for (var at = 0; at < sample.Length; at += PieceSize)
            {
                emulator.Feed(sample.AsSpan(at, Math.Min(PieceSize, sample.Length - at)));
            }

            snapshot.ResetWrittenCount();
            SnapshotWriter.Write(emulator, snapshot, new SnapshotOptions { ClearScreen = true });
        }
    }

    // What programs print: plain lines, coloured ones, a screen drawn anew, scripts of one and of two cells, and clusters.
    private static string Sample()
    {
        var sample = new StringBuilder();
        for (var line = 0; line < 60; line++)
        {
            sample.Append(line).Append(" the build goes on and prints another line that is about as long as lines are\r\n");
            sample.Append("\e[3").Append(line % 8).Append("mwarning\e[0m \e[1;38;5;").Append(line).Append("mmodule\e[22m \e[38;2;10;200;").Append(line).Append("mtest\e[m\r\n");
            sample.Append("\e[").Append((line % 24) + 1).Append(";5H\e[48;5;17;97m status \e[7m ok \e[0m\e[K");
            sample.Append("終端 中文 한국어 Привет ─│█ é e\u0301 ✅ 🚀 👩‍💻 🇩🇪\r\n");
        }

        return sample.Append("\e[2J\e[H\e[5;20r\e[20;1H\n\n\e[L\e[M\e[3@\e[2P\e[4X\e[r\e[?1049h\e[2J\e[Hx\e[?1049l").ToString();
    }
}
