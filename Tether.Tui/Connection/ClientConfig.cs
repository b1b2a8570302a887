namespace Tether.Tui.Connection;

/// <summary>
/// The settings that the client itself uses, from where the daemon finds its own: the environment, then `./.env`, then config.env. The daemon reports
/// lines that are not understood; here they are passed over.
/// </summary>
internal static class ClientConfig
{
    /// <summary>The value of a `TETHER_…` key; null when it is set nowhere.</summary>
    public static string? Find(string key) => All(key).Select(setting => setting.Value).FirstOrDefault();

    /// <summary>All values that a key is given, the one that counts first.</summary>
    public static IEnumerable<ConfigSetting> All(string key)
    {
        if (Environment.GetEnvironmentVariable(key) is { Length: > 0 } value)
        {
            yield return new ConfigSetting("environment", value);
        }

        foreach (var file in (string[])[".env", ClientEnvironment.Paths.ConfigFile])
        {
            foreach (var setting in AllIn(file, Lines(file), key))
            {
                yield return setting;
            }
        }
    }

    /// <summary>Whether the environment or `./.env` has it, and config.env so does not count.</summary>
    public static bool IsSetBeforeFile(string key) => All(key).Any(setting => !setting.Place.StartsWith(ClientEnvironment.Paths.ConfigFile, StringComparison.Ordinal));

    private static string[] Lines(string file)
    {
        try
        {
            return File.Exists(file) ? File.ReadAllLines(file) : [];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    /// <summary>
    /// The lines `KEY=value` of a file, the last one first: it counts. Quotes, `export` and a comment behind the value are taken off; what has no value is left out.
    /// </summary>
    public static IEnumerable<ConfigSetting> AllIn(string file, string[] lines, string key)
    {
        for (var number = lines.Length; number > 0; number--)
        {
            var text = lines[number - 1].Trim();
            text = text.StartsWith("export ", StringComparison.Ordinal) ? text["export ".Length..].TrimStart() : text;
            if (text.StartsWith(key, StringComparison.Ordinal) && text[key.Length..].TrimStart() is ['=', .. var value] && Unquote(value.Trim()) is { Length: > 0 } found)
            {
                yield return new ConfigSetting($"{file}:{number}", found);
            }
        }
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
