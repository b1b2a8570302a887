using System.Buffers;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http;

namespace Tether.Daemon.Server.Api;

/// <summary>One request on its way through a route.</summary>
internal sealed class ApiCall(HttpContext context, ApiRoute route, IReadOnlyDictionary<string, string> segments, ApiCaller caller)
{
    private static ReadOnlySpan<byte> ByteOrderMark => [0xef, 0xbb, 0xbf];

    /// <summary>How the API writes JSON: what is no ASCII as it is. Nothing of it is ever part of a page.</summary>
    public static JsonWriterOptions Written { get; } = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public HttpContext Http => context;

    public ApiRoute Route => route;

    public ApiCaller Caller => caller;

    /// <summary>The client has gone, or the daemon ends.</summary>
    public CancellationToken Aborted => context.RequestAborted;

    /// <summary>What stood in the place of `{name}`, decoded.</summary>
    public string Segment(string name) => segments[name];

    /// <summary>A parameter of the query; null when it is not there or empty.</summary>
    /// <exception cref="ApiError">It is given more than once.</exception>
    public string? Query(string name) => context.Request.Query[name] switch
    {
        { Count: > 1 } values => throw ApiError.Invalid($"“{name}” is given {values.Count} times; once is enough"),
        var values => string.IsNullOrEmpty(values) ? null : values.ToString(),
    };

    /// <exception cref="ApiError">It is no whole number, or out of bounds.</exception>
    public long Number(string name, long standard, long least, long most) => Query(name) is not { } text ? standard
        : long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most ? number
        : throw ApiError.Invalid($"{name}={text}: a whole number from {least} to {most}");

    /// <summary>`1`, `true`, `0` or `false`.</summary>
    /// <exception cref="ApiError">It is something else.</exception>
    public bool Flag(string name) => Query(name) switch
    {
        null or "0" or "false" => false,
        "1" or "true" => true,
        var text => throw ApiError.Invalid($"{name}={text}: true or false"),
    };

    /// <summary>The body, which is not larger than the route allows.</summary>
    /// <param name="shape">What it should be.</param>
    /// <param name="takesMore">Clients of earlier products may send members that are not known here.</param>
    /// <exception cref="ApiError">It is too large, no JSON, or of another shape.</exception>
    public async Task<T> BodyAsync<T>(JsonTypeInfo<T> shape, bool takesMore = false)
    {
        var body = await BytesAsync().ConfigureAwait(false);
        return body.IsEmpty ? throw ApiError.Invalid("the body is empty; send JSON") : Read(body.Span, shape, takesMore);
    }

    /// <summary>The body of a route that needs none: an empty one is the shape as it is without members.</summary>
    /// <exception cref="ApiError">It is too large, no JSON, or of another shape.</exception>
    public async Task<T> OptionalBodyAsync<T>(JsonTypeInfo<T> shape)
        where T : new()
    {
        var body = await BytesAsync().ConfigureAwait(false);
        return body.IsEmpty ? new T() : Read(body.Span, shape, takesMore: false);
    }

    /// <summary>What was read as JSON already, as the shape that it should have.</summary>
    /// <exception cref="ApiError">It has another.</exception>
    public static T Read<T>(JsonElement json, JsonTypeInfo<T> shape)
    {
        try
        {
            BodyShape.RefuseUnknown(json, shape);
            return json.Deserialize(shape) ?? throw ApiError.Invalid("the body is null; send a JSON object");
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw BodyShape.Misshapen(json, shape, e);
        }
    }

    /// <summary>Answers with JSON, and the route's own status.</summary>
    public Task AnswerAsync<T>(T value, JsonTypeInfo<T> shape)
    {
        var body = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(body, Written))
        {
            JsonSerializer.Serialize(writer, value, shape);
        }

        context.Response.StatusCode = route.Status;
        context.Response.ContentType = ApiRoute.Json;
        context.Response.ContentLength = body.WrittenCount;
        return context.Response.Body.WriteAsync(body.WrittenMemory, Aborted).AsTask();
    }

    private static T Read<T>(ReadOnlySpan<byte> body, JsonTypeInfo<T> shape, bool takesMore)
    {
        try
        {
            return takesMore || shape.Kind != JsonTypeInfoKind.Object
                ? JsonSerializer.Deserialize(body, shape) ?? throw ApiError.Invalid("the body is null; send a JSON object")
                : Read(JsonElement.Parse(body), shape);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw BodyShape.Misshapen(body, shape, e);
        }
    }

    // In one piece: from a stream the serialiser lets null into members that take none.
    private async Task<ReadOnlyMemory<byte>> BytesAsync()
    {
        try
        {
            using var body = new MemoryStream();
            await context.Request.Body.CopyToAsync(body, Aborted).ConfigureAwait(false);
            var bytes = body.GetBuffer().AsMemory(0, (int)body.Length);
            return bytes.Span.StartsWith(ByteOrderMark) ? bytes[ByteOrderMark.Length..] : bytes;
        }
        catch (BadHttpRequestException e) when (e.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            throw new ApiError(e.StatusCode, ApiError.TooLarge, $"the body is larger than the {route.MostBytes} bytes that this route takes");
        }
    }
}
