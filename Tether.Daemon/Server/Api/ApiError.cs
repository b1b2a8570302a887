using System.Text.Json.Nodes;

namespace Tether.Daemon.Server.Api;

/// <summary>A refusal in the one shape that the API has: `{"error":{"code","message","details"}}`.</summary>
internal sealed class ApiError(int status, string code, string message, JsonNode? details = null) : Exception(message)
{
    public const string Unauthorized = "UNAUTHORIZED", Forbidden = "FORBIDDEN", NotFound = "NOT_FOUND", NotAllowed = "METHOD_NOT_ALLOWED", InvalidState = "INVALID_STATE", Validation = "VALIDATION_ERROR",
        TooLarge = "TOO_LARGE", TooMany = "RATE_LIMITED", Unavailable = "AGENT_UNAVAILABLE", Storage = "STORAGE_ERROR", Git = "GIT_ERROR", Internal = "INTERNAL_ERROR";

    /// <summary>The HTTP status.</summary>
    public int Status { get; } = status;

    /// <summary>One of the constants here, or of the route's own.</summary>
    public string Code { get; } = code;

    public JsonNode? Details { get; } = details;

    public static ApiError Invalid(string message, JsonNode? details = null) => new(422, Validation, message, details);

    public static ApiError Missing(string message) => new(404, NotFound, message);
}
