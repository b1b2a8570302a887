namespace Tether.Testing.Models;

internal enum TurnRole
{
    Person,
    Model,
    ToolResult,
}

/// <summary>One part of a conversation, whatever the API calls it. What the model said has no text here.</summary>
internal sealed record Turn(TurnRole Role, string Text);

/// <summary>A tool that the agent offers.</summary>
/// <param name="Name">As the agent calls it.</param>
/// <param name="Properties">The names of its arguments.</param>
internal sealed record OfferedTool(string Name, string[] Properties);
