using System.Text.Json;

namespace Tether.Daemon.Server.Api.Sessions;

/// <summary>
/// What nobody may send over the API, however deep in a body: what would choose a program, its arguments or its environment. Sessions are started by the name of a provider.
/// </summary>
internal static class ForbiddenKeys
{
    private static readonly HashSet<string> Keys = new(StringComparer.OrdinalIgnoreCase)
    {
        "command", "commands", "cmd", "args", "argv", "arguments", "provider_args", "providerargs", "env", "environ", "environment", "shell", "provider_command", "providercommand", "program",
        "executable", "exec", "path_env", "umask", "file_limit", "filelimit",
    };

    /// <exception cref="ApiError">There is one.</exception>
    public static void Refuse(JsonElement body)
    {
        string? key;
        try
        {
            key = Find(body);
        }
        catch (InvalidOperationException e)
        {
            throw ApiError.Invalid($"a name in the body is no text: {e.Message}");
        }

        if (key is not null)
        {
            throw ApiError.Invalid($"“{key}” is never taken: a session is started by the name of a provider, and nobody chooses a program, its arguments or its environment from here");
        }
    }

    private static string? Find(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject().Select(member => Keys.Contains(member.Name) ? member.Name : Find(member.Value)).FirstOrDefault(found => found is not null),
        JsonValueKind.Array => element.EnumerateArray().Select(Find).FirstOrDefault(found => found is not null),
        _ => null,
    };
}
