using Tether.Protocol.Model;

namespace Tether.Daemon.Approvals;

/// <summary>What two questions have in common when a person would answer them alike, so that a card can say what he answered last time.</summary>
internal static class QueueShape
{
    private const int WordsOfCommand = 2;

    /// <summary>Null for what is never the same twice: questions and plans.</summary>
    public static string? Of(QueueItem item) => item.Kind != QueueKind.Approval ? null : item.ToolClass switch
    {
        ToolClass.Command when item.Facts is { Unreadable: null, Commands.Length: > 0 } facts =>
            $"command {string.Join(" ; ", facts.Commands.Select(FirstWords).Distinct())} in {item.Directory}",
        ToolClass.Command => $"command {item.Command} in {item.Directory}",
        ToolClass.Edit => $"edit {string.Join(' ', item.Edits.Select(edit => Path.GetDirectoryName(edit.Path)).Distinct())}",
        ToolClass.Network when item.Facts is { Hosts.Length: > 0 } facts => $"network {string.Join(' ', facts.Hosts)}",
        _ => $"tool {item.Tool} in {item.Directory}",
    };

    private static string FirstWords(string command) =>
        string.Join(' ', command.Split(' ', StringSplitOptions.RemoveEmptyEntries).Take(WordsOfCommand));
}
