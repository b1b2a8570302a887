using Tether.Protocol.Model;

namespace Tether.Daemon.Approvals.Policy;

/// <summary>What no rule and no mode ever allows: questions, ends of plans, other agents. Rules may deny it.</summary>
internal static class NeverAutomatic
{
    // Without blanks, dashes and underscores, in lower case.
    private static readonly string[] Tools =
    [
        "task", "agent", "subagent", "spawnagent", "delegate", "exitplan", "enterplan", "planexit", "planenter", "askuser", "askfollowup", "question", "requestuserinput", "elicit",
    ];

    /// <summary>Why it is always asked; null when it is not.</summary>
    public static string? Reason(Ask ask)
    {
        if (ask.Kind != QueueKind.Approval || ask.Questions.Length > 0)
        {
            return "it is a question to a person";
        }

        return ask.ToolClass switch
        {
            ToolClass.Question => "questions are answered by people",
            ToolClass.Plan => "plans are confirmed by people",
            ToolClass.SubAgent => "other agents are started by people",
            _ => ask.Tool is { } tool && Tools.Any(Normal(tool).StartsWith) ? $"{ask.Tool} is never answered by a rule" : null,
        };
    }

    private static string Normal(string tool) => string.Concat(tool.Where(char.IsLetterOrDigit)).ToLowerInvariant();
}
