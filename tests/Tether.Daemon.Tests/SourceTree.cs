namespace Tether.Daemon.Tests;

/// <summary>The repository's own files, for tests that hold a document against the code.</summary>
internal static class SourceTree
{
    public static string Read(string name) => File.ReadAllText(Path.Combine(Root(), name));

    public static string PathOf(string name) => Path.Combine(Root(), name);

    private static string Root()
    {
        var directory = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(directory, "Tether.sln")))
        {
            directory = Path.GetDirectoryName(directory) ?? throw new InvalidOperationException("No Tether.sln above the tests.");
        }

        return directory;
    }
}
