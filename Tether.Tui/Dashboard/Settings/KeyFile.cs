using Tether.Protocol.Model;

namespace Tether.Tui.Dashboard.Settings;

/// <summary>
/// The person's own bindings, lines of `mode key = command` or `mode key = none` and of comments behind `#`: `navigate ctrl-n = next-attention`,
/// `navigate g / = none`. A line that is not understood is reported and changes nothing.
/// </summary>
internal static class KeyFile
{
    private const string NoCommand = "none";

    private static readonly Dictionary<string, DashboardMode> Modes = Enum.GetValues<DashboardMode>().ToDictionary(mode => mode.ToString().ToLowerInvariant());

    public static string PathIn(TetherPaths paths) => Path.Combine(paths.ConfigDirectory, "keys");

    /// <summary>Changes bindings as the file says, if there is one.</summary>
    /// <returns>Warnings with file and line.</returns>
    public static IReadOnlyList<string> Read(string path, KeyBindings bindings)
    {
        try
        {
            return File.Exists(path) ? Apply(File.ReadAllLines(path), path, bindings) : [];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return [$"{path} cannot be read: {e.Message}"];
        }
    }

    /// <summary>Changes bindings as the lines say.</summary>
    /// <param name="lines">Of the file.</param>
    /// <param name="path">For the warnings.</param>
    /// <param name="bindings">The defaults.</param>
    public static IReadOnlyList<string> Apply(IReadOnlyList<string> lines, string path, KeyBindings bindings)
    {
        var warnings = new List<string>();
        var own = new HashSet<(DashboardMode, KeySequence)>();
        for (var i = 0; i < lines.Count; i++)
        {
            var line = lines[i].Trim();
            if (line.Length > 0 && line[0] != '#' && Apply(line, bindings, own) is { } wrong)
            {
                warnings.Add($"{path}:{i + 1}: {wrong}");
            }
        }

        return warnings;
    }

    // The sign in the middle is the last one: `=` is a key too.
    private static string? Apply(string line, KeyBindings bindings, HashSet<(DashboardMode, KeySequence)> own)
    {
        var sign = line.LastIndexOf('=');
        var modeEnd = line.IndexOf(' ');
        if (sign < 0 || modeEnd < 0 || modeEnd >= sign)
        {
            return $"`{line}` is not `mode key = command`";
        }

        var (modeName, keyNames, name) = (line[..modeEnd], line[modeEnd..sign].Trim(), line[(sign + 1)..].Trim());
        if (!Modes.TryGetValue(modeName, out var mode))
        {
            return $"no mode is called `{modeName}`; allowed: {string.Join(", ", Modes.Keys)}";
        }

        if (!KeySequence.TryParse(keyNames, out var keys))
        {
            return $"no key is called `{keyNames}`; allowed: names as ctrl-p, shift-tab, f5, space, a character, or two of them as in `g /`";
        }

        if (name != NoCommand && CommandTable.Find(name) is null)
        {
            return $"no command is called `{name}`; the palette lists them all";
        }

        return name == NoCommand ? Unbind(bindings, mode, keys) : Bind(bindings, mode, keys, CommandTable.Find(name)!.Command, own);
    }

    private static string? Unbind(KeyBindings bindings, DashboardMode mode, KeySequence keys)
    {
        if (IsLastWayOut(bindings, mode, keys))
        {
            return $"`{keys}` is the only key that leaves typing; bind another one to leave first";
        }

        return bindings.Unbind(mode, keys) ? null : $"`{keys}` means nothing anyway";
    }

    private static string? Bind(KeyBindings bindings, DashboardMode mode, KeySequence keys, DashboardCommand command, HashSet<(DashboardMode, KeySequence)> own)
    {
        if (mode == DashboardMode.Type && (keys.First.IsText || keys.Second is not null))
        {
            return $"`{keys}` cannot be taken from the session; allowed while typing: one key with ctrl, alt or super, or a function key";
        }

        if (command != DashboardCommand.Leave && IsLastWayOut(bindings, mode, keys))
        {
            return $"`{keys}` is the only key that leaves typing; bind another one to leave first";
        }

        var lost = bindings.Bind(mode, keys, command).Where(other => own.Contains((mode, other))).ToList();
        own.Add((mode, keys));
        return lost.Count > 0 ? $"`{keys}` takes the place of {string.Join(", ", lost.Select(other => $"`{other}`"))} above" : null;
    }

    private static bool IsLastWayOut(KeyBindings bindings, DashboardMode mode, KeySequence keys) =>
        mode == DashboardMode.Type && bindings.KeysOf(mode, DashboardCommand.Leave) is [var only] && only == keys;
}
