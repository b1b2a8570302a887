using System.CommandLine;
using Tether.Protocol.Wire;
using Tether.Tui.Connection;
using Tether.Tui.Terminal;

namespace Tether.Tui.Commands;

/// <summary>`tether rename`: another title for a session.</summary>
internal static class RenameCommand
{
    public const string Name = "rename";

    public const string Examples = """
        tether rename 7fk2 api
        """;

    public static Command Build()
    {
        var session = CommandParts.Session();
        var title = new Argument<string>("title") { Description = "One line of at most 64 characters" };
        var command = new Command(Name, "Give a session another title") { session, title };
        command.SetAction(result =>
        {
            using var daemon = Connector.OpenClient();
            var request = new RenameRequest { Session = result.GetRequiredValue(session), Title = result.GetRequiredValue(title) };
            var renamed = daemon.Ask<SessionReply>(request).Session;
            StandardStreams.PrintLine($"{renamed.Id} {renamed.Title}");
            return ExitCodes.Done;
        });
        return command;
    }
}
