using System.CommandLine;
using Tether.Protocol.Wire;
using Tether.Tui.Connection;

namespace Tether.Tui.Commands;

/// <summary>`tether keys`: presses keys by name.</summary>
internal static class KeysCommand
{
    public const string Name = "keys";

    public const string Examples = """
        tether keys api ctrl-c
        tether keys api up up enter
        tether keys api shift-tab alt-x f5 y
        """;

    public static Command Build()
    {
        var session = CommandParts.Session();
        var keys = new Argument<string[]>("keys")
        {
            Description = "enter, esc, tab, space, backspace, up, down, left, right, home, end, page-up, page-down, insert, delete, "
                + "f1–f12, a character; with ctrl-, alt-, shift- before it",
            Arity = ArgumentArity.OneOrMore,
        };
        var take = CommandParts.Take();
        var command = new Command(Name, "Press keys in a session") { session, keys, take };
        command.SetAction(result =>
        {
            using var daemon = Connector.OpenClient();
            daemon.Ask<OkReply>(new KeysRequest
            {
                Session = result.GetRequiredValue(session),
                Keys = result.GetRequiredValue(keys),
                Take = result.GetValue(take),
            });
            return ExitCodes.Done;
        });
        return command;
    }
}
