using System.CommandLine;
using Tether.Protocol.Wire;
using Tether.Tui.Attach;
using Tether.Tui.Connection;
using Tether.Tui.Terminal;

namespace Tether.Tui.Commands.Outside;

/// <summary>`tether adopt`: a session that an agent was started with elsewhere goes on in one of Tether's.</summary>
internal static class AdoptCommand
{
    public const string Name = "adopt";

    public const string Examples = """
        tether ls --external          which there are
        tether adopt 6f03819a         the agent resumes it in its own directory, on this terminal
        tether adopt 6f03819a -d --title api
        tether adopt 6f03819a --force  although it seems to be open elsewhere
        """;

    public static Command Build()
    {
        var session = new Argument<string>("session") { Description = "The agent's own id of the session, or a unique beginning of it" };
        var force = new Option<bool>("--force") { Description = "Although it seems to run elsewhere, or was written to a moment ago" };
        var title = new Option<string?>("--title") { Description = "What to call the session (else what the agent calls it)" };
        var detach = new Option<bool>("--detach", "-d") { Description = "Do not attach; print the session's id" };
        var command = new Command(Name, "Resume an agent's session, started without Tether, in a session of Tether's") { session, force, title, detach };
        command.SetAction(result => Run(
            new AdoptRequest { AgentSession = result.GetRequiredValue(session), Force = result.GetValue(force), Title = result.GetValue(title) }, result.GetValue(detach)));
        return command;
    }

    private static int Run(AdoptRequest request, bool isDetached)
    {
        if (!isDetached)
        {
            using var terminal = AttachClient.OpenTerminal();
            return Adopting.Attach(Connector.OpenClient(), terminal, AttachSettings.Read(), request);
        }

        using var daemon = Connector.OpenClient();
        var session = Adopting.Ask(daemon, request);
        StandardStreams.PrintLine(session.Id);
        return ExitCodes.Done;
    }
}
