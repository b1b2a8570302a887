using System.Globalization;

namespace Tether.Tui.Connection;

/// <summary>Who listens at a port of this machine, by the kernel's own tables: a port of the loopback can be taken by any user, who would then be shown a token.</summary>
internal static class PortOwner
{
    private const string Listens = "0A";

    private static readonly string[] Tables = ["/proc/net/tcp", "/proc/net/tcp6"];

    /// <summary>Whether a program of another user listens there.</summary>
    public static bool IsAnother(int port, uint user) => Tables.Where(File.Exists).Any(table => IsAnother(File.ReadLines(table), port, user));

    /// <param name="table">sl local_address rem_address st tx_queue:rx_queue tr:tm->when retrnsmt uid …, the address with its port in hexadecimal behind a colon; the first line has the headings.</param>
    /// <param name="port">Which.</param>
    /// <param name="user">Who may.</param>
    public static bool IsAnother(IEnumerable<string> table, int port, uint user)
    {
        var end = ":" + port.ToString("X4", CultureInfo.InvariantCulture);
        return table.Skip(1).Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Any(fields => fields.Length > 7 && fields[3] == Listens && fields[1].EndsWith(end, StringComparison.Ordinal) && fields[7] != user.ToString(CultureInfo.InvariantCulture));
    }
}
