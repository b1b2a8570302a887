using System.Text.Json;
using System.Text.Json.Serialization;

namespace Tether.Daemon.Server.Api.External;

/// <summary>The older external-agent API's JSON: snake case.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    RespectNullableAnnotations = true,
    GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(RegisterBody))]
[JsonSerializable(typeof(Registered))]
[JsonSerializable(typeof(OutputBody))]
[JsonSerializable(typeof(StatusBody))]
[JsonSerializable(typeof(ApprovalBody))]
[JsonSerializable(typeof(Pushed))]
[JsonSerializable(typeof(AskedReply))]
[JsonSerializable(typeof(AgentMessage))]
[JsonSerializable(typeof(JsonElement))]
internal sealed partial class ExternalJson : JsonSerializerContext;
