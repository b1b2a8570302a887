using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Tether.Tui.Connection;

/// <summary>Asks the daemon's API for one command of the CLI.</summary>
internal sealed class Api : IDisposable
{
    private readonly HttpClient _client = ApiClient.Open();

    /// <param name="method">As `GET`.</param>
    /// <param name="path">As `/api/tokens`; what comes from a person is escaped by <see cref="Uri.EscapeDataString(string)"/>.</param>
    /// <param name="body">Null for none.</param>
    /// <exception cref="TetherException">It was refused, in the daemon's words, or the daemon cannot be reached.</exception>
    public JsonNode Ask(string method, string path, JsonObject? body = null)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        if (body is not null)
        {
            request.Content = new StringContent(body.ToJsonString(), new UTF8Encoding(false), "application/json");
        }

        try
        {
            using var response = _client.Send(request);
            using var stream = response.Content.ReadAsStream();
            var json = JsonNode.Parse(stream);
            return response.IsSuccessStatusCode && json is not null ? json : throw Refused((int)response.StatusCode, json);
        }
        catch (HttpRequestException e)
        {
            throw new TetherException(ExitCodes.NoDaemon, $"{_client.BaseAddress} cannot be reached: {e.Message}", e);
        }
        catch (JsonException e)
        {
            throw new TetherException(ExitCodes.Failure, $"{_client.BaseAddress} is no Tether daemon: {e.Message}", e);
        }
    }

    public void Dispose() => _client.Dispose();

    private static TetherException Refused(int status, JsonNode? json) => new(
        status switch
        {
            404 => ExitCodes.NoSession,
            409 => ExitCodes.WrongState,
            413 or 422 => ExitCodes.Usage,
            _ => ExitCodes.Failure,
        },
        json?["error"]?["message"]?.GetValue<string>() ?? $"the daemon answered {status}");
}
