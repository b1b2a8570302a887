using Tether.Protocol.Model;
using Tether.Tui.Dashboard.Model;
using Tether.Tui.Dashboard.Settings;

namespace Tether.Tui.Views.Dashboard.Cards;

/// <summary>What may be done to an item of the daemon's queue, the most likely first, each in a word or two.</summary>
internal static class CardCommands
{
    private const int WayOut = 3;

    /// <param name="item">The item.</param>
    /// <param name="isPending">An answer to it waits to be sent.</param>
    public static IReadOnlyList<(DashboardCommand Command, string Hint)> Of(QueueItem item, bool isPending)
    {
        var commands = new List<(DashboardCommand, string)>();
        if (isPending)
        {
            Add(DashboardCommand.Undo);
        }
        else if (IsAnswerable(item))
        {
            commands.Add((DashboardCommand.Allow, IsForm(item) ? "answer" : "allow"));
            Add(DashboardCommand.Deny);
            AddIf(item.Always.Length > 0, DashboardCommand.Always);
            AddIf(item.TakesInput && item.Input is not null && !IsForm(item), DashboardCommand.EditInput);
            AddIf(item.TakesReason, DashboardCommand.DenyWithReason);
        }

        commands.Add((DashboardCommand.QueueOpen, AskedText.IsQuestion(item) ? "terminal" : "go there"));
        AddIf(item.Way == AnswerWay.None && !isPending, DashboardCommand.Dismiss);
        AddIf(!isPending, DashboardCommand.Snooze);
        commands.Add((DashboardCommand.QueueNext, "next"));
        Add(DashboardCommand.Help);

        // The way out is told wherever there is room for more than the answers.
        commands.Insert(Math.Min(WayOut, commands.Count), (DashboardCommand.Leave, CommandTable.Of(DashboardCommand.Leave).Hint));
        return commands;

        void Add(DashboardCommand command) => commands.Add((command, CommandTable.Of(command).Hint));

        void AddIf(bool isThere, DashboardCommand command)
        {
            if (isThere)
            {
                Add(command);
            }
        }
    }

    /// <summary>True for what is answered with options or texts alone; all else can be allowed.</summary>
    public static bool IsForm(QueueItem item) => item is { Kind: QueueKind.Question, Questions.Length: > 0 };

    /// <summary>True while an answer from here can reach the agent.</summary>
    public static bool IsAnswerable(QueueItem item) => item is { State: QueueState.Open, Way: AnswerWay.Protocol or AnswerWay.Keys };
}
