using System.Text.Json;
using Tether.Tui.Connection;

namespace Tether.Tui.Commands.Debug;

/// <summary>Which providers' programs are installed.</summary>
internal static class ProviderChecks
{
    public static IEnumerable<Finding> Run()
    {
        foreach (var name in ProviderNames.Agents)
        {
            yield return FindProgram(name) is { } path
                ? Finding.Good(name, path)
                : Finding.Notice(name, "is not installed");
        }

        if (ProvidersFileProblem() is { } problem)
        {
            yield return Finding.Bad("providers", problem, $"mend {ClientEnvironment.Paths.ProvidersFile}");
        }
    }

    private static string? FindProgram(string name) => (Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(':', StringSplitOptions.RemoveEmptyEntries).Select(directory => Path.Combine(directory, name)).FirstOrDefault(File.Exists);

    private static string? ProvidersFileProblem()
    {
        try
        {
            ProviderNames.OfFile(ClientEnvironment.Paths.ProvidersFile);
            return null;
        }
        catch (JsonException e)
        {
            return e.Message;
        }
    }
}
