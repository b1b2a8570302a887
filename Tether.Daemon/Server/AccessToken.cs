using System.Security.Cryptography;
using System.Text;
using Tether.Daemon.Native;

namespace Tether.Daemon.Server;

/// <summary>
/// The secret that opens the daemon's port: 32 random bytes as 64 hexadecimal digits, in a file that only the user can read.
/// </summary>
internal sealed class AccessToken
{
    private const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const int Bytes = 32;

    private readonly byte[] _digest;

    private AccessToken(string token)
    {
        Text = token;
        _digest = Digest(token);
    }

    public string Text { get; }

    public static string PathIn(string dataDirectory) => Path.Combine(dataDirectory, "token");

    /// <summary>The token in the file; a new one when there is none, or none that could have been made here.</summary>
    public static AccessToken ReadOrCreate(string path) => new(Ensure(path));

    /// <summary>Has a token in the file, so that the first client finds it; nothing of cryptography is loaded for it.</summary>
    public static string Ensure(string path)
    {
        if (File.Exists(path))
        {
            File.SetUnixFileMode(path, Private);
            var text = File.ReadAllText(path).Trim();
            if (text.Length == 2 * Bytes && text.All(char.IsAsciiHexDigit))
            {
                return text;
            }
        }

        // Written aside and moved, so that nobody ever reads half of one.
        var token = Convert.ToHexStringLower(KernelRandom.GetBytes(Bytes));
        Directory.CreateDirectory(Path.GetDirectoryName(path)!, Private | UnixFileMode.UserExecute);
        File.Delete(path + ".new");
        using (var file = new FileStream(
            path + ".new", new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = Private }))
        {
            file.Write(Encoding.ASCII.GetBytes(token + "\n"));
        }

        File.Move(path + ".new", path, overwrite: true);
        return token;
    }

    /// <summary>Takes the same time whatever is given: the digests are compared, which have one length and reveal nothing.</summary>
    public bool Is(string given) => CryptographicOperations.FixedTimeEquals(_digest, Digest(given));

    private static byte[] Digest(string token) => SHA256.HashData(Encoding.UTF8.GetBytes(token));
}
