using Tether.Protocol.Wire;

namespace Tether.Daemon.Server;

/// <summary>What may be a session's tags: words that fit on a command line and into a list with commas.</summary>
internal static class SessionTags
{
    public const int Most = 16;
    public const int Longest = 32;

    /// <summary>The tags, each once, in the order given.</summary>
    /// <exception cref="RequestError">One is no tag, or they are too many.</exception>
    public static string[] Check(string[] tags)
    {
        foreach (var tag in tags)
        {
            if (tag is null or { Length: 0 or > Longest } || tag.Any(c => c == ',' || char.IsWhiteSpace(c) || char.IsControl(c)))
            {
                throw new RequestError(ErrorCode.BadRequest, $"a tag has 1–{Longest} characters and no blank, comma or control character");
            }
        }

        string[] distinct = [.. tags.Distinct()];
        return distinct.Length <= Most
            ? distinct
            : throw new RequestError(ErrorCode.BadRequest, $"{distinct.Length} tags are too many: a session has at most {Most}");
    }
}
