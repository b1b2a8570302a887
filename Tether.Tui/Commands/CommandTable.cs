using System.CommandLine;
using Tether.Tui.Commands.Completion;
using Tether.Tui.Commands.Debug;
using Tether.Tui.Commands.Hook;
using Tether.Tui.Commands.Init;
using Tether.Tui.Commands.Mcp;
using Tether.Tui.Commands.Outside;
using Tether.Tui.Commands.Queue;
using Tether.Tui.Commands.Rules;
using Tether.Tui.Commands.Run;

namespace Tether.Tui.Commands;

/// <summary>Every command: its name, how System.CommandLine sees it, and examples for its help. Built only when asked for.</summary>
internal static class CommandTable
{
    public static IReadOnlyList<Row> Rows { get; } =
    [
        new(RunCommand.Name, RunCommand.Build, RunCommand.Examples),
        new(NewCommand.Name, NewCommand.Build, NewCommand.Examples),
        new(AttachCommand.Name, AttachCommand.Build, AttachCommand.Examples),
        new(ListCommand.Name, ListCommand.Build, ListCommand.Examples),
        new(AdoptCommand.Name, AdoptCommand.Build, AdoptCommand.Examples),
        new(ResumeCommand.Name, ResumeCommand.Build, ResumeCommand.Examples),
        new(StopCommand.Name, StopCommand.Build, StopCommand.Examples),
        new(InputCommand.Name, InputCommand.Build, InputCommand.Examples),
        new(KeysCommand.Name, KeysCommand.Build, KeysCommand.Examples),
        new(InterruptCommand.Name, InterruptCommand.Build, InterruptCommand.Examples),
        new(CaptureCommand.Name, CaptureCommand.Build, CaptureCommand.Examples),
        new(LogsCommand.Name, LogsCommand.Build, LogsCommand.Examples),
        new(TranscriptCommand.Name, TranscriptCommand.Build, TranscriptCommand.Examples),
        new(SyncCommand.Name, SyncCommand.Build, SyncCommand.Examples),
        new(ExportCommand.Name, ExportCommand.Build, ExportCommand.Examples),
        new(QueueCommand.Name, QueueCommand.Build, QueueCommand.Examples),
        new(AnswerCommands.ApproveName, AnswerCommands.BuildApprove, AnswerCommands.ApproveExamples),
        new(AnswerCommands.DenyName, AnswerCommands.BuildDeny, AnswerCommands.DenyExamples),
        new(AnswerCommands.AnswerName, AnswerCommands.BuildAnswer, AnswerCommands.AnswerExamples),
        new(AnswerCommands.SnoozeName, AnswerCommands.BuildSnooze, AnswerCommands.SnoozeExamples),
        new(ModeCommand.Name, ModeCommand.Build, ModeCommand.Examples),
        new(ExplainCommand.Name, ExplainCommand.Build, ExplainCommand.Examples),
        new(AgentsCommand.Name, AgentsCommand.Build, AgentsCommand.Examples),
        new(RulesCommand.Name, RulesCommand.Build, RulesCommand.Examples),
        new(AuditCommand.Name, AuditCommand.Build, AuditCommand.Examples),
        new(WaitCommand.Name, WaitCommand.Build, WaitCommand.Examples),
        new(WatchCommand.Name, WatchCommand.Build, WatchCommand.Examples),
        new(RenameCommand.Name, RenameCommand.Build, RenameCommand.Examples),
        new(TagCommand.Name, TagCommand.Build, TagCommand.Examples),
        new(ClientsCommand.Name, ClientsCommand.Build, ClientsCommand.Examples),
        new(DeleteCommand.Name, DeleteCommand.Build, DeleteCommand.Examples),
        new(InitCommand.Name, InitCommand.Build, InitCommand.Examples),
        new(StatusCommand.Name, StatusCommand.Build, StatusCommand.Examples),
        new(StartCommand.Name, StartCommand.Build, StartCommand.Examples),
        new(RestartCommand.Name, RestartCommand.Build, RestartCommand.Examples),
        new(DebugCommand.Name, DebugCommand.Build, DebugCommand.Examples),
        new(TokenCommand.Name, TokenCommand.Build, TokenCommand.Examples),
        new(McpCommand.Name, McpCommand.Build, McpCommand.Examples),
        new(HookCommand.Name, HookCommand.Build, HookCommand.Examples),
        new(CompletionCommand.Name, CompletionCommand.Build, CompletionCommand.Examples),
        new(ResetCommand.Name, ResetCommand.Build, ResetCommand.Examples),
    ];

    public sealed record Row(string Name, Func<Command> Build, string Examples);

    /// <summary>The whole command line, or only one command of it: building the others would cost each start.</summary>
    public static RootCommand Root(string? only = null)
    {
        var root = new RootCommand("Sessions of coding agents that outlive terminals, ssh connections and daemon restarts; alone on a terminal, the dashboard of all of them");
        var rows = Rows.Where(row => row.Name == only).ToArray();
        foreach (var row in rows.Length > 0 ? rows : Rows)
        {
            root.Subcommands.Add(row.Build());
        }

        LetSwitchesTakeNothing(root);
        HelpText.AddTo(root, Rows);
        return root;
    }

    // Else `--all=x` is a value that cannot be read, and who asks for the option's value gets an exception.
    private static void LetSwitchesTakeNothing(Command command)
    {
        foreach (var option in command.Options.Where(option => option.ValueType == typeof(bool)))
        {
            option.Arity = ArgumentArity.Zero;
        }

        foreach (var inner in command.Subcommands)
        {
            LetSwitchesTakeNothing(inner);
        }
    }
}
