using System.CommandLine;
using Tether.Protocol.Wire;
using Tether.Tui.Connection;
using Tether.Tui.Output;
using Tether.Tui.Terminal;

namespace Tether.Tui.Commands;

/// <summary>`tether status`: how the daemon is. Does not start it.</summary>
internal static class StatusCommand
{
    public const string Name = "status";

    public const string Examples = """
        tether status
        tether status --json | jq .runningSessions
        """;

    public static Command Build()
    {
        var json = CommandParts.Json();
        var command = new Command(Name, "Show how the daemon is (5 when it does not run)") { json };
        command.SetAction(result => Run(result.GetValue(json)));
        return command;
    }

    private static int Run(bool json)
    {
        using var connection = Connector.TryOpen();
        if (connection is null)
        {
            StandardStreams.PrintLine(json ? "null" : "the daemon does not run; any command that needs it starts it");
            return ExitCodes.NoDaemon;
        }

        var status = new DaemonClient(connection).Ask<StatusReply>(new StatusRequest());
        if (json)
        {
            Json.Print(status, WireJson.Default.StatusReply);
            return ExitCodes.Done;
        }

        var now = TimeProvider.System.GetUtcNow();
        StandardStreams.Print($"""
            daemon     {status.Version}, process {status.ProcessId}, up {SessionText.Age(now - status.StartedAt)}, {status.MemoryBytes / 1048576.0:0.0} MiB
            keeper     process {status.KeeperProcessId}
            sessions   {status.RunningSessions} running, {status.EndedSessions} ended
            clients    {status.Clients}
            data       {status.DataDirectory}
            runtime    {status.RuntimeDirectory}
            log        {status.LogFile}
            api        {status.Api ?? "closed"}

            """);
        foreach (var warning in status.Warnings)
        {
            StandardStreams.PrintLine($"warning    {warning}");
        }

        return ExitCodes.Done;
    }
}
