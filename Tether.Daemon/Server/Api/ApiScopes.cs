namespace Tether.Daemon.Server.Api;

/// <summary>Scopes by name.</summary>
internal static class ApiScopes
{
    /// <summary>Every name, the least first.</summary>
    public static string[] Names { get; } = ["observe", "input", "approve", "admin"];

    /// <summary>`observe, input`; `none` for none.</summary>
    public static string Text(ApiScope scopes) => NamesOf(scopes) is { Length: > 0 } names ? string.Join(", ", names) : "none";

    public static string[] NamesOf(ApiScope scopes) => [.. Names.Where((_, index) => ((int)scopes & (1 << index)) != 0)];

    /// <summary>Null when one of them is no scope's name, or there is none.</summary>
    public static ApiScope? Parse(IReadOnlyList<string> names)
    {
        var scopes = ApiScope.None;
        foreach (var name in names)
        {
            if (Array.IndexOf(Names, name) is var index and >= 0)
            {
                scopes |= (ApiScope)(1 << index);
            }
            else
            {
                return null;
            }
        }

        return scopes == ApiScope.None ? null : scopes;
    }
}
