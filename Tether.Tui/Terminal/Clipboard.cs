using System.Text;
using Tether.Tui.Connection;
using Tether.Tui.Native;

namespace Tether.Tui.Terminal;

/// <summary>
/// Copies text to wherever the person may paste it from: through the terminal (OSC 52), which also works over ssh, and through the tools of this
/// machine's own clipboards, for terminals that do not take it. Nothing here waits. Belongs to one loop.
/// </summary>
/// <param name="variable">The environment, in which the tools are looked for.</param>
/// <param name="privateDirectory">Where a text may lie for the moment until a tool reads it: a folder that only the user may enter.</param>
internal sealed class Clipboard(Func<string, string?> variable, string privateDirectory)
{
    /// <summary>Base64 characters in OSC 52: many terminals take no more than about 100,000 bytes.</summary>
    public const int LongestForTerminal = 100_000;

    // Longer control strings are cut by GNU screen.
    private const int ScreenPiece = 240;

    private readonly List<int> _started = [];

    /// <summary>Copies a text in every way there is.</summary>
    /// <param name="send">Sends bytes to the terminal; null where it must not get OSC 52.</param>
    public CopyOutcome Copy(string text, Action<byte[]>? send)
    {
        var attempted = new List<string>();
        var encoded = (Encoding.UTF8.GetByteCount(text) + 2) / 3 * 4;
        if (send is not null && encoded <= LongestForTerminal)
        {
            send(Sequence(text));
            attempted.Add("OSC 52");
        }

        _started.RemoveAll(Spawner.TryReap);
        foreach (var tool in ClipboardTool.Find(variable, File.Exists))
        {
            if (TryStart(tool, text))
            {
                attempted.Add(tool.Name);
            }
        }

        return new CopyOutcome(attempted, send is not null && encoded > LongestForTerminal);
    }

    // Screen passes on what is wrapped in DCS, where the string inside must not end with ST.
    private byte[] Sequence(string text)
    {
        var plain = $"\e]52;c;{Convert.ToBase64String(Encoding.UTF8.GetBytes(text))}";
        return Encoding.ASCII.GetBytes(string.IsNullOrEmpty(variable("STY")) || !string.IsNullOrEmpty(variable("TMUX"))
            ? plain + "\e\\"
            : string.Concat((plain + "\a").Chunk(ScreenPiece).Select(piece => $"\eP{new string(piece)}\e\\")));
    }

    // A file instead of a pipe: a tool may read as slowly as it likes. It has no name any more when this returns.
    private bool TryStart(ClipboardTool tool, string text)
    {
        var path = Path.Combine(privateDirectory, $"copy-{Guid.NewGuid():N}");
        try
        {
            byte[] bytes = tool.ReadsUtf16 ? [.. Encoding.Unicode.GetPreamble(), .. Encoding.Unicode.GetBytes(text)] : Encoding.UTF8.GetBytes(text);
            using var file = new FileStream(path, new FileStreamOptions
            {
                Mode = FileMode.CreateNew,
                Access = FileAccess.ReadWrite,
                BufferSize = 0,
                UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
            });
            try
            {
                // Leaves the description's own position, from which the tool reads, at the beginning.
                RandomAccess.Write(file.SafeFileHandle, bytes, 0);
                _started.Add(Spawner.StartReading(tool.Path, tool.Arguments, ClientEnvironment.All(), (int)file.SafeFileHandle.DangerousGetHandle()));
                return true;
            }
            finally
            {
                File.Delete(path);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NativeException)
        {
            return false;
        }
    }
}
