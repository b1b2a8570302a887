using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Tether.Protocol.Wire;

namespace Tether.Daemon.Server.Api;

/// <summary>Refusals on their way out.</summary>
internal static class ApiErrors
{
    /// <summary>What a refusal of the protocol is on the API; its own code becomes the member `reason` of the details.</summary>
    public static ApiError Of(string code, string message)
    {
        var (status, name) = code switch
        {
            ErrorCode.BadRequest or ErrorCode.UnknownProvider or ErrorCode.NoArguments or ErrorCode.BadDirectory or ErrorCode.Version => (StatusCodes.Status422UnprocessableEntity, ApiError.Validation),
            ErrorCode.UnknownSession or ErrorCode.UnknownItem or ErrorCode.UnknownRule or ErrorCode.UnknownChannel => (StatusCodes.Status404NotFound, ApiError.NotFound),
            ErrorCode.NotInstalled or ErrorCode.SpawnFailed => (StatusCodes.Status503ServiceUnavailable, ApiError.Unavailable),
            ErrorCode.TooLarge => (StatusCodes.Status413PayloadTooLarge, ApiError.TooLarge),
            ErrorCode.NotAllowed => (StatusCodes.Status403Forbidden, ApiError.Forbidden),
            ErrorCode.Internal => (StatusCodes.Status500InternalServerError, ApiError.Internal),
            _ => (StatusCodes.Status409Conflict, ApiError.InvalidState),
        };
        return new ApiError(status, name, message, new JsonObject { ["reason"] = code });
    }

    /// <summary>Answers with the refusal.</summary>
    public static async Task WriteAsync(HttpContext context, ApiError error)
    {
        var response = context.Response;
        response.StatusCode = error.Status;
        response.ContentType = "application/json";
        if (error.Status == StatusCodes.Status401Unauthorized)
        {
            response.Headers.WWWAuthenticate = "Bearer";
        }

        var body = new MemoryStream();
        using (var writer = new Utf8JsonWriter(body, ApiCall.Written))
        {
            writer.WriteStartObject();
            writer.WriteStartObject("error");
            writer.WriteString("code", error.Code);
            writer.WriteString("message", error.Message);
            writer.WritePropertyName("details");
            if (error.Details is { } details)
            {
                details.WriteTo(writer);
            }
            else
            {
                writer.WriteNullValue();
            }

            writer.WriteEndObject();
            writer.WriteEndObject();
        }

        response.ContentLength = body.Length;
        await response.Body.WriteAsync(body.GetBuffer().AsMemory(0, (int)body.Length), context.RequestAborted).ConfigureAwait(false);
    }

    /// <summary>Too many requests.</summary>
    public static ApiError TooMany(HttpContext context, TimeSpan wait)
    {
        var seconds = Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds));
        context.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        return new ApiError(StatusCodes.Status429TooManyRequests, ApiError.TooMany, $"too many requests; go on after {seconds} s");
    }
}
