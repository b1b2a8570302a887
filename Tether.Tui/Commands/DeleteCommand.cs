using System.CommandLine;
using Tether.Protocol.Wire;
using Tether.Tui.Connection;
using Tether.Tui.Terminal;

namespace Tether.Tui.Commands;

/// <summary>`tether delete`: forgets ended sessions and what they printed.</summary>
internal static class DeleteCommand
{
    public const string Name = "delete";

    public const string Examples = """
        tether delete 7fk2            forget an ended session; its journal is gone for good
        tether stop api && tether delete api
        """;

    public static Command Build()
    {
        var sessions = new Argument<string[]>("sessions") { Description = "Ids, unique beginnings of them, or titles", Arity = ArgumentArity.OneOrMore };
        var command = new Command(Name, "Forget ended sessions and delete their journals") { sessions };
        command.SetAction(result =>
        {
            using var daemon = Connector.OpenClient();
            foreach (var name in result.GetRequiredValue(sessions))
            {
                daemon.Ask<OkReply>(new DeleteRequest { Session = name });
                StandardStreams.PrintLine($"{name} deleted");
            }

            return ExitCodes.Done;
        });
        return command;
    }
}
