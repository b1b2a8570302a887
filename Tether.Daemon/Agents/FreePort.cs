using System.Net;
using System.Net.Sockets;

namespace Tether.Daemon.Agents;

/// <summary>Finds a port on the loopback for a program that opens it a moment later.</summary>
internal static class FreePort
{
    // Below what Linux and macOS hand out by themselves, so that nobody gets it by chance before the program does.
    private const int First = 16_384, End = 32_768;

    private const int Tries = 64;

    /// <summary>Null when none of many was free.</summary>
    public static int? Choose()
    {
        for (var i = 0; i < Tries; i++)
        {
            var port = Random.Shared.Next(First, End);
            if (IsFree(port))
            {
                return port;
            }
        }

        return null;
    }

    private static bool IsFree(int port)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Bind(new IPEndPoint(IPAddress.Loopback, port));
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
