using System.Text.Json.Serialization;
using Tether.Protocol.Model;

namespace Tether.Daemon.Approvals.Policy;

/// <summary>What rules.json holds.</summary>
internal sealed record StoredRules
{
    public PolicyRule[] Rules { get; set; } = [];

    /// <summary>For rules of policy.json that count their uses: how often each has decided, by its id.</summary>
    public Dictionary<string, int> Used { get; set; } = [];
}

/// <summary>The JSON form of <see cref="StoredRules"/>.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    RespectNullableAnnotations = true,
    WriteIndented = true,
    GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(StoredRules))]
internal sealed partial class StoredRulesJson : JsonSerializerContext;
