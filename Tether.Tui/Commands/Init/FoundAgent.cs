using System.Diagnostics;
using System.Text.Json.Nodes;
using Tether.Tui.Connection;

namespace Tether.Tui.Commands.Init;

/// <summary>An agent as the daemon's program finds it.</summary>
/// <param name="Name">Its provider.</param>
/// <param name="Path">Null when it is not installed.</param>
/// <param name="Version">Empty when it does not tell.</param>
/// <param name="IsKnown">Whether Tether knows this version.</param>
internal sealed record FoundAgent(string Name, string? Path, string Version, bool IsKnown)
{
    /// <summary>All that are known, installed or not.</summary>
    /// <exception cref="TetherException">The daemon's program is not there.</exception>
    public static IReadOnlyList<FoundAgent> All()
    {
        var program = DaemonLauncher.Find() ?? throw DaemonLauncher.NotInstalled();
        using var process = Process.Start(new ProcessStartInfo(program, ["agents", "--json"]) { RedirectStandardOutput = true })!;
        var text = process.StandardOutput.ReadToEnd();
        process.WaitForExit();

        // Behind it stands what is wrong with the person's own rules, which is no matter here.
        var end = text.LastIndexOf("\n]", StringComparison.Ordinal);
        return end < 0 ? [] : [.. JsonNode.Parse(text[..(end + 2)])!.AsArray().Select(agent => Of(agent!))];
    }

    private static FoundAgent Of(JsonNode agent) => new(
        agent["name"]!.GetValue<string>(), agent["path"]?.GetValue<string>(), agent["version"]?.GetValue<string>() ?? "", agent["isKnown"]!.GetValue<bool>());
}
