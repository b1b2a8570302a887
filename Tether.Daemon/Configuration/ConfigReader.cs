namespace Tether.Daemon.Configuration;

/// <summary>
/// Puts the configuration together: the environment counts before `./.env`, and that before the person's config.env.
/// Nothing that stands in them is fatal: what is not understood becomes a warning, and the next source or the default counts.
/// </summary>
internal sealed class ConfigReader
{
    // Nobody writes more by hand; more is the wrong file.
    private const int MaxFileBytes = 1 << 20;

    private readonly HashSet<string> _settled = [];
    private readonly List<string> _warnings = [];
    private TetherConfig _config = new();

    private ConfigReader()
    {
    }

    /// <param name="environment">The daemon's own.</param>
    /// <param name="startDirectory">Where `.env` is looked for: the directory the daemon was started in; null: nowhere.</param>
    /// <param name="configFile"><see cref="Protocol.Model.TetherPaths.ConfigFile"/>.</param>
    public static TetherConfig Read(IReadOnlyDictionary<string, string> environment, string? startDirectory, string configFile)
    {
        var reader = new ConfigReader();
        reader.ReadEnvironment(environment);
        if (startDirectory is not null)
        {
            reader.ReadFile(Path.Combine(startDirectory, ".env"), isShared: true);
        }

        reader.ReadFile(configFile, isShared: false);
        return reader._config with { Warnings = [.. reader._warnings] };
    }

    private void ReadEnvironment(IReadOnlyDictionary<string, string> environment)
    {
        foreach (var (key, value) in environment)
        {
            if (ConfigKeys.IsSetting(key))
            {
                Set("environment", key, value, isEnvironment: true);
            }
        }
    }

    private void ReadFile(string path, bool isShared)
    {
        // Within one file the last line for a key counts, as in a shell.
        var settings = new Dictionary<string, Setting>();
        var number = 0;
        foreach (var text in Lines(path))
        {
            number++;
            var line = ConfigLine.Parse(text);

            // A project's own .env is full of other people's lines, some over several lines.
            var concernsUs = !isShared || text.Contains(ConfigKeys.Prefix, StringComparison.Ordinal);
            if (line.Problem is { } problem && concernsUs)
            {
                _warnings.Add($"{path}:{number}: {problem}");
            }
            else if (line.Key is { } key && (!isShared || key.StartsWith(ConfigKeys.Prefix, StringComparison.Ordinal)))
            {
                settings[key] = new Setting($"{path}:{number}", key, line.Value);
            }
        }

        foreach (var setting in settings.Values)
        {
            if (isShared && ConfigKeys.Find(setting.Key) is { IsPersonal: true })
            {
                _warnings.Add($"{setting.Place}: {setting.Key} has no effect here; it counts in the environment and in your own config.env");
                continue;
            }

            Set(setting.Place, setting.Key, setting.Value, isEnvironment: false);
        }
    }

    private void Set(string place, string name, string value, bool isEnvironment)
    {
        if (ConfigKeys.Find(name) is not { } key)
        {
            _warnings.Add($"{place}: {name} is no known key; .env.example lists them");
        }
        else if (key.ReadBy == ConfigReadBy.Environment && !isEnvironment)
        {
            _warnings.Add($"{place}: {name} has no effect here; {key.Allowed}");
        }
        else if (value.Length > 0 && !_settled.Contains(name))
        {
            if (key.Apply(_config, value) is { } changed)
            {
                _config = changed;
                _settled.Add(name);
            }
            else
            {
                _warnings.Add($"{place}: {name}={(key.IsSecret ? "…" : Shortened(value))} is not allowed; it takes {key.Allowed}");
            }
        }
    }

    private string[] Lines(string path)
    {
        try
        {
            var file = new FileInfo(path);
            if (!file.Exists)
            {
                return [];
            }

            if (file.Length > MaxFileBytes)
            {
                _warnings.Add($"{path}:1: {file.Length} bytes are no configuration; at most {MaxFileBytes} are read");
                return [];
            }

            return File.ReadAllLines(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            _warnings.Add($"{path}:1: cannot be read: {e.Message}");
            return [];
        }
    }

    private static string Shortened(string value) => value.Length <= 40 ? value : value[..40] + "…";

    private sealed record Setting(string Place, string Key, string Value);
}
