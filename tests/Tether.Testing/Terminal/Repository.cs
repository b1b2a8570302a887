namespace Tether.Testing.Terminal;

/// <summary>Files beside the solution, from wherever the tests run.</summary>
public static class Repository
{
    public static string Path(string relative)
    {
        for (string? folder = AppContext.BaseDirectory; folder is not null; folder = System.IO.Path.GetDirectoryName(folder))
        {
            if (File.Exists(System.IO.Path.Combine(folder, "Tether.sln")))
            {
                return System.IO.Path.Combine(folder, relative);
            }
        }

        throw new DirectoryNotFoundException("The tests do not run inside the repository.");
    }
}
