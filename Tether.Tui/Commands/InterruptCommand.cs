using System.CommandLine;
using Tether.Protocol.Wire;
using Tether.Tui.Connection;

namespace Tether.Tui.Commands;

/// <summary>`tether interrupt`: the key that stops what the program does now, without ending it.</summary>
internal static class InterruptCommand
{
    public const string Name = "interrupt";

    public const string Examples = """
        tether interrupt api          Esc for an agent, Ctrl-C for a shell
        """;

    public static Command Build()
    {
        var session = CommandParts.Session();
        var take = CommandParts.Take();
        var command = new Command(Name, "Stop what a session's program does now (agents: Esc, others: Ctrl-C)") { session, take };
        command.SetAction(result =>
        {
            using var daemon = Connector.OpenClient();
            var name = result.GetRequiredValue(session);
            var provider = SessionLookup.Find(daemon, name)?.Provider;

            // Agents stop their turn on Esc; Ctrl-C would clear the prompt or, pressed twice, quit.
            var key = ProviderNames.Agents.Contains(provider) ? "esc" : "ctrl-c";
            daemon.Ask<OkReply>(new KeysRequest { Session = name, Keys = [key], Take = result.GetValue(take) });
            return ExitCodes.Done;
        });
        return command;
    }
}
