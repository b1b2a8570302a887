using System.Text.Json.Nodes;

namespace Tether.Testing;

/// <summary>What `tether status --json` tells, as far as tests ask.</summary>
public sealed record DaemonStatus(int ProcessId, int KeeperProcessId, string[] Warnings)
{
    public static DaemonStatus From(JsonNode json)
    {
        ArgumentNullException.ThrowIfNull(json);
        var warnings = json["warnings"]?.AsArray().Select(warning => warning!.GetValue<string>()) ?? [];
        return new DaemonStatus(json["processId"]!.GetValue<int>(), json["keeperProcessId"]!.GetValue<int>(), [.. warnings]);
    }
}
