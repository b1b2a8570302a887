using System.Buffers.Binary;
using System.Globalization;
using System.Net;

namespace Tether.Daemon.Server;

/// <summary>The program at the other end of a TCP connection within this machine, by the kernel's own tables. Looked up when first asked for, which takes milliseconds.</summary>
/// <param name="client">Its end.</param>
/// <param name="server">Ours.</param>
internal sealed class TcpPeer(IPEndPoint client, IPEndPoint server)
{
    private static readonly string[] Tables = ["/proc/net/tcp", "/proc/net/tcp6"];

    private readonly Lazy<int> _processId = new(() => IPAddress.IsLoopback(client.Address) || client.Address.Equals(server.Address) ? Find(client, server) : 0);

    /// <summary>
    /// 0 when it is not of this machine, of another user, or the kernel does not tell; <see cref="SupervisedPeers.Gone"/> when it has closed its end or ended, so that
    /// nobody can say any more who it was.
    /// </summary>
    public int ProcessId => _processId.Value;

    private static int Find(IPEndPoint client, IPEndPoint server)
    {
        try
        {
            if (!Array.Exists(Tables, File.Exists))
            {
                return 0;
            }

            if (InodeOf(client, server) is not { } inode)
            {
                return SupervisedPeers.Gone;
            }

            return OwnerOf($"socket:[{inode}]") is var owner and not 0 ? owner : InodeOf(client, server) is null ? SupervisedPeers.Gone : 0;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return 0;
        }
    }

    // sl local_address rem_address st tx_queue:rx_queue tr:tm->when retrnsmt uid timeout inode …, which is 0 once no process holds that end.
    private static string? InodeOf(IPEndPoint client, IPEndPoint server)
    {
        foreach (var file in Tables)
        {
            foreach (var line in File.Exists(file) ? File.ReadLines(file).Skip(1) : [])
            {
                var fields = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
                if (fields.Length > 9 && Read(fields[1]) is { } from && from.Equals(client) && Read(fields[2]) is { } to && to.Equals(server))
                {
                    return fields[9] == "0" ? null : fields[9];
                }
            }
        }

        return null;
    }

    private static int OwnerOf(string link)
    {
        foreach (var process in Directory.EnumerateDirectories("/proc"))
        {
            if (int.TryParse(Path.GetFileName(process), NumberStyles.None, CultureInfo.InvariantCulture, out var id) && id != Environment.ProcessId && Holds(process, link))
            {
                return id;
            }
        }

        return 0;
    }

    private static bool Holds(string process, string link)
    {
        try
        {
            return Directory.EnumerateFiles(process + "/fd").Any(file => new FileInfo(file).LinkTarget == link);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // It has ended, or is another user's.
            return false;
        }
    }

    // The address as 32-bit words in this machine's order, a colon, the port in hexadecimal.
    internal static IPEndPoint? Read(string text)
    {
        var parts = text.Split(':');
        if (parts is not [{ Length: 8 or 32 } words, { Length: 4 } port] || !ushort.TryParse(port, NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var number))
        {
            return null;
        }

        var bytes = new byte[words.Length / 2];
        for (var i = 0; i < bytes.Length; i += 4)
        {
            if (!uint.TryParse(words.AsSpan(i * 2, 8), NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var word))
            {
                return null;
            }

            if (BitConverter.IsLittleEndian)
            {
                BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(i), word);
            }
            else
            {
                BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(i), word);
            }
        }

        return new IPEndPoint(Plain(new IPAddress(bytes)), number);
    }

    /// <summary>An end of a connection as <see cref="TcpPeer"/> compares them.</summary>
    public static IPEndPoint Plain(IPEndPoint end) => new(Plain(end.Address), end.Port);

    private static IPAddress Plain(IPAddress address) => address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address.AddressFamily == System.Net.Sockets.AddressFamily.InterNetworkV6 ? new IPAddress(address.GetAddressBytes()) : address;
}
