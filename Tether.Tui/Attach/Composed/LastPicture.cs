using System.Buffers;
using System.Text;
using Tether.Protocol.Terminal;
using Tether.Protocol.Terminal.Snapshots;

namespace Tether.Tui.Attach.Composed;

/// <summary>A session's last screen as coloured text, to be left on a terminal of another size.</summary>
internal static class LastPicture
{
    public static byte[] Of(TerminalEmulator session)
    {
        var count = session.Rows;
        while (count > 0 && session.GetText(session.RowAt(session.TopRow + count - 1)).Length == 0)
        {
            count--;
        }

        var rows = new ArrayBufferWriter<byte>();
        ScreenText.Write(session, session.TopRow, count, TextFormat.Ansi, rows);
        return Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(rows.WrittenSpan).Replace("\n", "\r\n", StringComparison.Ordinal));
    }
}
