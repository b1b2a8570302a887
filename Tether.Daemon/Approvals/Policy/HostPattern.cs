namespace Tether.Daemon.Approvals.Policy;

/// <summary>`example.com` is that host, `*.example.com` all below it.</summary>
internal static class HostPattern
{
    public static bool Fits(string pattern, string host) => pattern.StartsWith("*.", StringComparison.Ordinal)
        ? host.Length > pattern.Length - 1 && host.EndsWith(pattern[1..], StringComparison.OrdinalIgnoreCase)
        : string.Equals(pattern.TrimEnd('.'), host, StringComparison.OrdinalIgnoreCase);
}
