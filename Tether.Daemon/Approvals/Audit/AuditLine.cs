using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Tether.Protocol.Model;
using Tether.Protocol.Wire;

namespace Tether.Daemon.Approvals.Audit;

/// <summary>
/// One line of the log. Its last member is `hash`: SHA-256 in lower-case hex over the line's bytes with that member, and the comma before it, cut out.
/// </summary>
internal static class AuditLine
{
    public const string NoHash = "0000000000000000000000000000000000000000000000000000000000000000";

    // ,"hash":"<64 digits>"}
    private const int TailLength = 9 + 64 + 2;

    /// <summary>The line with its line feed, and the entry that it holds.</summary>
    public static (byte[] Line, AuditEntry Entry) Write(AuditEntry entry, long number, string previous)
    {
        var open = entry with { Number = number, Previous = previous, Hash = "" };
        var text = JsonSerializer.Serialize(open, WireJson.Default.AuditEntry);
        var canonical = text[..^",\"hash\":\"\"}".Length] + "}";
        var hash = HashOf(Encoding.UTF8.GetBytes(canonical));
        return (Encoding.UTF8.GetBytes($"{canonical[..^1]},\"hash\":\"{hash}\"}}\n"), open with { Hash = hash });
    }

    /// <summary>Null when the line is none of the log's.</summary>
    public static AuditEntry? Read(ReadOnlySpan<byte> line)
    {
        try
        {
            return JsonSerializer.Deserialize(line, WireJson.Default.AuditEntry);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>What its hash should be; null when the line is none of the log's.</summary>
    public static string? ExpectedHash(ReadOnlySpan<byte> line)
    {
        if (line.Length < TailLength || !line[^TailLength..].StartsWith(",\"hash\":\""u8))
        {
            return null;
        }

        return HashOf([.. line[..^TailLength], (byte)'}']);
    }

    private static string HashOf(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));
}
