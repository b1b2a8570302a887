using System.Text.Json;
using System.Text.Json.Serialization;

namespace Tether.Daemon.Agents;

/// <summary>
/// What the daemon keeps about the agent of one session and tells nobody: `agent.json` (0600) in the session's folder. Written before the program starts,
/// so that the next daemon can take its hooks and its protocol up again.
/// </summary>
internal sealed class AgentFile
{
    public const string Name = "agent.json";

    /// <summary>Hooks show it to prove which session they are of: TETHER_HOOK_SECRET.</summary>
    public required string Secret { get; init; }

    /// <summary>The port or socket where the agent serves its protocol; null when it serves none.</summary>
    public string? Endpoint { get; set; }

    /// <summary>What that protocol wants to be shown.</summary>
    public string? Password { get; set; }

    /// <summary>What the agent's `--version` said; null when it was not asked or said nothing.</summary>
    public string? Version { get; set; }

    /// <summary>Written whole or not at all.</summary>
    public void Save(string folder)
    {
        var path = Path.Combine(folder, Name);
        var options = new FileStreamOptions
        {
            Mode = FileMode.Create,
            Access = FileAccess.Write,
            UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
        };
        using (var file = new FileStream(path + ".new", options))
        {
            JsonSerializer.Serialize(file, this, AgentFileJson.Default.AgentFile);
        }

        File.Move(path + ".new", path, overwrite: true);
    }

    /// <summary>Null when there is none or it cannot be read.</summary>
    public static AgentFile? Read(string folder)
    {
        try
        {
            // Most sessions have none, and a first exception takes milliseconds.
            var path = Path.Combine(folder, Name);
            return File.Exists(path) ? JsonSerializer.Deserialize(File.ReadAllBytes(path), AgentFileJson.Default.AgentFile) : null;
        }
        catch (Exception e) when (e is IOException or JsonException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(AgentFile))]
internal sealed partial class AgentFileJson : JsonSerializerContext;
