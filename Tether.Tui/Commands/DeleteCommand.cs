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
        tether delete 7fk2 m4x9 api   all that can be; status 3 or 4 when one could not
        """;

    public static Command Build()
    {
        var sessions = new Argument<string[]>("sessions") { Description = "Ids, unique beginnings of them, or titles", Arity = ArgumentArity.OneOrMore };
        var command = new Command(Name, "Forget ended sessions and delete their journals") { sessions };
        command.SetAction(result => Run(result.GetRequiredValue(sessions)));
        return command;
    }

    private static int Run(string[] names)
    {
        using var daemon = Connector.OpenClient();
        var status = ExitCodes.Done;
        foreach (var name in names)
        {
            try
            {
                var id = SessionLookup.Require(daemon, name).Id;
                daemon.Ask<OkReply>(new DeleteRequest { Session = id });
                StandardStreams.PrintLine($"{id} deleted");
            }
            catch (TetherException e) when (e.ExitCode is ExitCodes.NoSession or ExitCodes.WrongState)
            {
                StandardStreams.Complain(e.Message);
                status = e.ExitCode;
            }
        }

        return status;
    }
}
