using System.Text.Json;
using Tether.Daemon.Agents;
using Tether.Daemon.Events;
using Tether.Daemon.External;

namespace Tether.Daemon.Server.Api.External;

/// <summary>Events that are for the agent, in the words of the older API.</summary>
internal static class AgentMessages
{
    public const string HumanInput = "human_input", ApprovalResponse = "approval_response", Timeout = "timeout";

    // What people call their yes; an agent that offers other options looks at the option.
    private static readonly string[] Yes = ["approve", "approved", "allow", "accept", "yes", "ok", "continue"];

    private static readonly JsonElement Nothing = JsonElement.Parse("{}");

    /// <summary>The types of events that an agent is told.</summary>
    public static IReadOnlySet<string> Types { get; } = new HashSet<string> { EventTypes.UserInput, EventTypes.PermissionResolved, ExternalAgents.Interrupt };

    public static AgentMessage Of(LoggedEvent logged)
    {
        var data = JsonElement.Parse(logged.Data.Span);
        return logged.Type switch
        {
            EventTypes.UserInput => new AgentMessage { Type = HumanInput, Data = data, Seq = logged.Seq },
            EventTypes.PermissionResolved => new AgentMessage { Type = ApprovalResponse, Data = Response(data), Seq = logged.Seq },
            _ => new AgentMessage { Type = logged.Type, Data = data, Seq = logged.Seq },
        };
    }

    /// <summary>There was nothing in time.</summary>
    public static AgentMessage None(long? seq) => new() { Type = Timeout, Data = Nothing, Seq = seq };

    /// <summary>What came of a request: `approved` and, of a question, the first chosen `option` stand in front.</summary>
    public static JsonElement Response(JsonElement resolved)
    {
        var option = resolved.Items("answers").FirstOrDefault() is { ValueKind: JsonValueKind.Array } answer ? answer.EnumerateArray().FirstOrDefault() : default;
        var isChosen = option.ValueKind == JsonValueKind.String;
        var isYes = resolved.Flag("allowed") && (!isChosen || Yes.Contains(option.GetString(), StringComparer.OrdinalIgnoreCase));
        return JsonElement.Parse(EventJson.Write(json =>
        {
            json.WriteBoolean("approved", isYes);
            json.WriteString("option", isChosen ? option.GetString() : isYes ? "Approve" : "Reject");

            // That a question was answered does not mean yes: beside `approved` it would mislead.
            foreach (var member in resolved.EnumerateObject().Where(member => member.Name != "allowed"))
            {
                member.WriteTo(json);
            }
        }));
    }
}
