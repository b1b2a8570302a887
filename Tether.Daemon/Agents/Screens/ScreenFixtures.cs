using System.Reflection;

namespace Tether.Daemon.Agents.Screens;

/// <summary>Where fixtures are: those that the daemon brings along, and folders of them.</summary>
internal static class ScreenFixtures
{
    private const string Resources = "Tether.Daemon.Agents.Screens.Fixtures.";

    /// <summary>Each with its name.</summary>
    public static IEnumerable<(string Name, Func<string> Read)> BuiltIn()
    {
        var assembly = Assembly.GetExecutingAssembly();
        foreach (var name in assembly.GetManifestResourceNames().Where(name => name.StartsWith(Resources, StringComparison.Ordinal)).Order(StringComparer.Ordinal))
        {
            yield return (name[Resources.Length..], () =>
            {
                using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
                return reader.ReadToEnd();
            });
        }
    }

    /// <summary>Each with its path, those of subfolders too; a folder that is not there has none.</summary>
    public static IEnumerable<(string Name, Func<string> Read)> In(IEnumerable<string> folders) =>
        folders.Where(Directory.Exists)
            .SelectMany(folder => Directory.EnumerateFiles(folder, "*" + ScreenFixture.Extension, SearchOption.AllDirectories).Order(StringComparer.Ordinal))
            .Select(path => (path, (Func<string>)(() => File.ReadAllText(path))));
}
