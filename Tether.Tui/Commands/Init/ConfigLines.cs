namespace Tether.Tui.Commands.Init;

/// <summary>Changes settings in config.env and nothing else of it.</summary>
internal static class ConfigLines
{
    private const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Writes the file anew, whole or not at all; one that is a link stays one.</summary>
    /// <exception cref="TetherException">It cannot be written.</exception>
    public static void Write(string path, IReadOnlyDictionary<string, string> settings)
    {
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!, Private | UnixFileMode.UserExecute);
            var real = new FileInfo(path).LinkTarget is null ? path : File.ResolveLinkTarget(path, returnFinalTarget: true)!.FullName;
            var (lines, mode) = File.Exists(real) ? (File.ReadAllLines(real), File.GetUnixFileMode(real)) : ([], Private);
            var aside = real + ".new";
            File.Delete(aside);
            using (var file = new StreamWriter(aside, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = mode }))
            {
                foreach (var line in Changed(lines, settings))
                {
                    file.Write(line + "\n");
                }
            }

            File.Move(aside, real, overwrite: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new TetherException(ExitCodes.Failure, $"cannot write {path}: {e.Message}", e);
        }
    }

    /// <summary>The lines with these settings: in the place of the line that counts, which is the last of a key, else at the end.</summary>
    public static IReadOnlyList<string> Changed(IReadOnlyList<string> lines, IReadOnlyDictionary<string, string> settings)
    {
        var changed = lines.ToList();
        foreach (var (key, value) in settings)
        {
            var last = changed.FindLastIndex(line => KeyOf(line) == key);
            if (last >= 0)
            {
                changed[last] = $"{key}={value}";
            }
            else
            {
                changed.Add($"{key}={value}");
            }
        }

        return changed;
    }

    private static string? KeyOf(string line)
    {
        var text = line.Trim();
        text = text.StartsWith("export ", StringComparison.Ordinal) ? text["export ".Length..] : text;
        return text.IndexOf('=', StringComparison.Ordinal) is > 0 and var end ? text[..end].Trim() : null;
    }
}
