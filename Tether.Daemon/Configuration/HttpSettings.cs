using System.Net;

namespace Tether.Daemon.Configuration;

/// <summary>Reads the settings of the HTTP port.</summary>
internal static class HttpSettings
{
    private const int LeastToken = 16, MostToken = 512, MostNames = 32, LongestName = 255;

    /// <summary>Null for what is no address.</summary>
    public static IPAddress? Address(string text) =>
        text.Equals("localhost", StringComparison.OrdinalIgnoreCase) ? IPAddress.Loopback : IPAddress.TryParse(text.Trim('[', ']'), out var address) ? address : null;

    /// <summary>Null when one of them is no name.</summary>
    public static string[]? Names(string text)
    {
        var names = text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        return names.Length is > 0 and <= MostNames && names.All(IsName) ? names : null;
    }

    public static bool IsToken(string text) => text.Length is >= LeastToken and <= MostToken && text.All(c => c is > ' ' and < '\x7f');

    /// <summary>Null when one of them is not absolute.</summary>
    public static string[]? Directories(string text)
    {
        var directories = text.Split(':', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        return directories.Length > 0 && directories.All(Path.IsPathRooted) ? directories : null;
    }

    private static bool IsName(string name) =>
        name.Length <= LongestName && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_' or ':' or '[' or ']') && Uri.TryCreate($"http://{name}/", UriKind.Absolute, out _);
}
