using System.Globalization;
using System.Text.RegularExpressions;
using Tether.Daemon.Server.Api;
using Tether.Protocol.Model;

namespace Tether.Daemon.External;

/// <summary>What an agent says of itself when it registers, held to what lists and borders can show.</summary>
internal static partial class AgentFacts
{
    private const int LongestName = 64, LongestType = 32, LongestIcon = 32, LongestWorkspace = 256;

    /// <exception cref="ApiError">Something is too long, or not what it must be.</exception>
    public static ExternalAgent Check(ExternalAgent agent) => agent with
    {
        Name = Line("name", agent.Name, LongestName, isRequired: true),
        Type = TypeName().IsMatch(agent.Type) ? agent.Type : throw ApiError.Invalid($"type: one word of at most {LongestType} letters, digits, - and _"),
        Icon = agent.Icon.Length == 0 || (agent.Icon.Length <= LongestIcon && new StringInfo(agent.Icon).LengthInTextElements == 1 && !agent.Icon.Any(char.IsControl))
            ? agent.Icon
            : throw ApiError.Invalid("icon: one character"),
        Workspace = Line("workspace", agent.Workspace, LongestWorkspace, isRequired: false),
    };

    /// <summary>A title, as sessions have them.</summary>
    public static string Title(string title) => Line("session_name", title, LongestName, isRequired: true);

    private static string Line(string what, string text, int most, bool isRequired) =>
        text.Length > most || text.Any(char.IsControl) || (isRequired && text.Trim().Length == 0)
            ? throw ApiError.Invalid($"{what}: one line of {(isRequired ? 1 : 0)}–{most} characters without control characters")
            : text;

    [GeneratedRegex(@"^[A-Za-z0-9_-]{1,32}\z")]
    private static partial Regex TypeName();
}
