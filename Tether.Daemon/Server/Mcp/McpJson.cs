using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Tether.Daemon.Server.Mcp;

/// <summary>What the MCP part writes that the library does not.</summary>
[JsonSerializable(typeof(JsonObject))]
[JsonSerializable(typeof(JsonArray))]
internal sealed partial class McpJson : JsonSerializerContext;
