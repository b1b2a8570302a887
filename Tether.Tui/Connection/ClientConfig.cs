namespace Tether.Tui.Connection;

/// <summary>
/// The settings that the client itself uses, from where the daemon finds its own: the environment, then `./.env`, then config.env. The daemon reports
/// lines that are not understood; here they are passed over.
/// </summary>
internal static class ClientConfig
{
    /// <summary>The value of a `TETHER_…` key; null when it is set nowhere.</summary>
    public static string? Find(string key)
    {
        if (Environment.GetEnvironmentVariable(key) is { Length: > 0 } value)
        {
            return value;
        }

        return FindIn(".env", key) ?? FindIn(ClientEnvironment.Paths.ConfigFile, key);
    }

    /// <summary>Whether the environment or `./.env` has it, and config.env so does not count.</summary>
    public static bool IsSetBeforeFile(string key) => Environment.GetEnvironmentVariable(key) is { Length: > 0 } || FindIn(".env", key) is not null;

    private static string? FindIn(string file, string key)
    {
        try
        {
            return File.Exists(file) ? FindIn(File.ReadAllLines(file), key) : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>The last line `KEY=value` of a file counts; quotes, `export` and a comment behind the value are taken off.</summary>
    public static string? FindIn(string[] lines, string key)
    {
        string? found = null;
        foreach (var line in lines)
        {
            var text = line.Trim();
            text = text.StartsWith("export ", StringComparison.Ordinal) ? text["export ".Length..].TrimStart() : text;
            if (text.StartsWith(key, StringComparison.Ordinal) && text[key.Length..].TrimStart() is ['=', .. var value])
            {
                found = Unquote(value.Trim());
            }
        }

        return found;
    }

    private static string Unquote(string value)
    {
        if (value is [('"' or '\'') and var quote, ..] && value.IndexOf(quote, 1) is var end and > 0)
        {
            return value[1..end];
        }

        var comment = value.IndexOf(" #", StringComparison.Ordinal);
        return comment >= 0 ? value[..comment].TrimEnd() : value;
    }
}
