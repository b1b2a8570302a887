using System.Collections.Frozen;
using System.Globalization;

namespace Tether.Daemon.Server.Api.Events;

/// <summary>What events somebody asks for, read from his request.</summary>
internal static class EventQuery
{
    private const int MostTypes = 32, LongestType = 40;

    public static ApiParameter SinceSeq { get; } = new("since_seq", "integer", "Only events with a greater `seq`; 0, or left out: from the first one that is kept.");

    public static ApiParameter TypesOf(string standard) => new("types", "string", $"Only these types, with commas between them, as `output,session_state`; left out: {standard}.");

    /// <summary>Null for all types.</summary>
    /// <exception cref="ApiError">They are no types.</exception>
    public static IReadOnlySet<string>? Types(ApiCall call)
    {
        if (call.Query("types") is not { } text)
        {
            return null;
        }

        var types = text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        return AreTypes(types) ? types.ToFrozenSet() : throw ApiError.Invalid(TypesAllowed);
    }

    public static string TypesAllowed => $"types: 1–{MostTypes} names of at most {LongestType} letters, digits, - and _ each";

    public static bool AreTypes(string[] types) => types is { Length: > 0 and <= MostTypes } && Array.TrueForAll(types, type => type is not null && IsType(type));

    /// <summary>The cursor of a stream: what the client has had last, or else what the query says.</summary>
    /// <exception cref="ApiError">It is no number.</exception>
    public static long Cursor(ApiCall call, string parameter, long standard)
    {
        if (call.Http.Request.Headers["Last-Event-ID"] is not { Count: > 0 } header)
        {
            return call.Number(parameter, standard, 0, long.MaxValue);
        }

        return header.Count == 1 && long.TryParse(header, NumberStyles.None, CultureInfo.InvariantCulture, out var last)
            ? last
            : throw ApiError.Invalid("Last-Event-ID: the number after `id:` of the last event that came");
    }

    private static bool IsType(string type) => type.Length <= LongestType && type.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-');
}
