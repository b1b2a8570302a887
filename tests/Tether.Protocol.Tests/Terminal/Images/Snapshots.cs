using System.Buffers;
using System.Text;
using Tether.Protocol.Terminal;
using Tether.Protocol.Terminal.Snapshots;

namespace Tether.Protocol.Tests.Terminal.Images;

internal static class Snapshots
{
    public static string Of(TerminalEmulator emulator)
    {
        var output = new ArrayBufferWriter<byte>();
        SnapshotWriter.Write(emulator, output, new SnapshotOptions());
        return Encoding.UTF8.GetString(output.WrittenSpan);
    }
}
