using Tether.Protocol.Model;
using Tether.Tui.Dashboard.Layout;
using Tether.Tui.Dashboard.Model;

namespace Tether.Tui.Dashboard.Settings;

/// <summary>
/// Where <see cref="DashboardSettings"/> are remembered: lines of `KEY=value`. Only values that the person changed in the dashboard are written back;
/// comments and lines that are not understood stay as they are.
/// </summary>
/// <param name="path">The file; it need not exist.</param>
/// <param name="themes">The names of the themes there are.</param>
internal sealed class SettingsFile(string path, IReadOnlyCollection<string> themes)
{
    private DashboardSettings _stored = new();

    public static string PathIn(TetherPaths paths) => Path.Combine(paths.ConfigDirectory, "dashboard");

    /// <returns>The settings, defaults where the file says nothing, and warnings with file and line.</returns>
    public (DashboardSettings Settings, IReadOnlyList<string> Warnings) Read()
    {
        var warnings = new List<string>();
        var settings = new DashboardSettings();
        try
        {
            var lines = File.Exists(path) ? File.ReadAllLines(path) : [];
            for (var i = 0; i < lines.Length; i++)
            {
                if (Take(lines[i], ref settings) is { } wrong)
                {
                    warnings.Add($"{path}:{i + 1}: {wrong}");
                }
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            warnings.Add($"{path} cannot be read: {e.Message}");
        }

        _stored = settings;
        return (settings, warnings);
    }

    /// <summary>Writes what differs from what was read or written last; nothing if nothing does.</summary>
    /// <returns>A warning, when it cannot be written.</returns>
    public string? Write(DashboardSettings settings)
    {
        var stored = Values(_stored);
        var changed = Values(settings).Where(value => stored[value.Key] != value.Value).ToList();
        if (changed.Count == 0)
        {
            return null;
        }

        try
        {
            var lines = File.Exists(path) ? File.ReadAllLines(path).ToList() : [];
            foreach (var (key, value) in changed)
            {
                Put(lines, key, value);
            }

            Replace(lines);
            _stored = settings;
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return $"{path} cannot be written: {e.Message}";
        }
    }

    private static Dictionary<string, string> Values(DashboardSettings settings) => new()
    {
        ["LAYOUT"] = Name(settings.Layout),
        ["LIST"] = settings.IsListFolded ? "folded" : "shown",
        ["GROUP"] = Name(settings.Grouping),
        ["THEME"] = settings.Theme,
        ["SIZES"] = settings.Sizes,
    };

    private static void Put(List<string> lines, string key, string value)
    {
        var at = lines.FindLastIndex(line => Split(line)?.Key == key);
        if (at >= 0)
        {
            lines[at] = $"{key}={value}";
        }
        else
        {
            lines.Add($"{key}={value}");
        }
    }

    private static (string Key, string Value)? Split(string line)
    {
        var text = line.Trim();
        var sign = text.IndexOf('=');
        return sign <= 0 || text[0] == '#' ? null : (text[..sign].TrimEnd(), text[(sign + 1)..].TrimStart());
    }

    private static bool TryName<T>(string name, out T value)
        where T : struct, Enum
    {
        foreach (var known in Enum.GetValues<T>())
        {
            if (Name(known) == name)
            {
                value = known;
                return true;
            }
        }

        value = default;
        return false;
    }

    private static string Name<T>(T value)
        where T : struct, Enum => value.ToString().ToLowerInvariant();

    private static string Names<T>()
        where T : struct, Enum => string.Join(", ", Enum.GetValues<T>().Select(Name));

    private static string Wrong(string key, string value, string allowed) => $"{key}={value} is not understood; allowed: {allowed}";

    private string? Take(string line, ref DashboardSettings settings)
    {
        if (line.Trim() is "" or ['#', ..])
        {
            return null;
        }

        if (Split(line) is not var (key, value))
        {
            return $"`{line.Trim()}` is not KEY=value";
        }

        switch (key)
        {
            case "LAYOUT" when TryName<TileArrangement>(value, out var layout):
                settings = settings with { Layout = layout };
                return null;
            case "LAYOUT":
                return Wrong(key, value, Names<TileArrangement>());
            case "LIST" when value is "folded" or "shown":
                settings = settings with { IsListFolded = value == "folded" };
                return null;
            case "LIST":
                return Wrong(key, value, "shown, folded");
            case "GROUP" when TryName<Grouping>(value, out var grouping):
                settings = settings with { Grouping = grouping };
                return null;
            case "GROUP":
                return Wrong(key, value, Names<Grouping>());
            case "THEME" when themes.Contains(value):
                settings = settings with { Theme = value };
                return null;
            case "THEME":
                return Wrong(key, value, string.Join(", ", themes));
            case "SIZES" when TileWeights.Parse(value) is { } weights:
                settings = settings with { Sizes = weights.ToString() };
                return null;
            case "SIZES":
                return Wrong(key, value, "session=steps, as in `abcd2345=2`");
            default:
                return $"{key} is no setting; allowed: {string.Join(", ", Values(settings).Keys)}";
        }
    }

    // Nobody reads half of it, and a link stays a link.
    private void Replace(List<string> lines)
    {
        var file = File.Exists(path) ? new FileInfo(path).ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? path : path;
        var aside = $"{file}.{Environment.ProcessId}";
        Directory.CreateDirectory(Path.GetDirectoryName(file)!, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        File.WriteAllText(aside, string.Concat(lines.Select(line => line + "\n")));
        if (File.Exists(file))
        {
            File.SetUnixFileMode(aside, File.GetUnixFileMode(file));
        }

        File.Move(aside, file, overwrite: true);
    }
}
