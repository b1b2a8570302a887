using System.Text.Json;
using Tether.Protocol.Model;
using Tether.Protocol.Wire.Hot;

namespace Tether.Daemon.Sessions;

/// <summary>
/// A session's record beside its journal, written before its program starts: a daemon that is killed before the registry's writer got to it
/// still knows what the keeper holds.
/// </summary>
internal static class SessionFile
{
    private const string Name = "session.json";

    /// <summary>Writes it, whole or not at all. A disk that is full is no reason to fail: the registry has it too.</summary>
    public static void Write(string directory, SessionRecord record)
    {
        var path = Path.Combine(directory, Name);
        try
        {
            Directory.CreateDirectory(directory, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            var options = new FileStreamOptions
            {
                Mode = FileMode.Create,
                Access = FileAccess.Write,
                UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
            };
            using (var file = new FileStream(path + ".new", options))
            {
                file.Write(ModelJson.Encode(record));
            }

            File.Move(path + ".new", path, overwrite: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Full or failing; told when the journal meets it.
        }
    }

    /// <summary>Null when there is none or it cannot be read.</summary>
    public static SessionRecord? Read(string directory)
    {
        try
        {
            return ModelJson.DecodeSession(File.ReadAllBytes(Path.Combine(directory, Name)));
        }
        catch (Exception e) when (e is IOException or JsonException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
