using System.CommandLine;
using Tether.Protocol.Wire;
using Tether.Tui.Connection;
using Tether.Tui.Terminal;

namespace Tether.Tui.Commands;

/// <summary>`tether input`: types a text into a session and says how far it came.</summary>
internal static class InputCommand
{
    public const string Name = "input";

    public const string Examples = """
        tether input api "fix the failing test"       typed as one paste, then Enter
        tether input api "draft" --no-enter           only typed
        tether input api - < prompt.md                the text from standard input
        tether input api "yes" --take                 although somebody else is in control
        """;

    public static Command Build()
    {
        var session = CommandParts.Session();
        var text = new Argument<string>("text") { Description = "What to type; `-` reads it from standard input" };
        var noEnter = new Option<bool>("--no-enter") { Description = "Do not press Enter behind it" };
        var take = CommandParts.Take();
        var command = new Command(Name, "Type a text into a session; prints `submitted`, `typed` or `unconfirmed`") { session, text, noEnter, take };
        command.SetAction(result => Run(
            result.GetRequiredValue(session), result.GetRequiredValue(text), !result.GetValue(noEnter), result.GetValue(take)));
        return command;
    }

    private static int Run(string session, string text, bool enter, bool take)
    {
        using var daemon = Connector.OpenClient();
        var receipt = daemon.Ask<InputReply>(new InputRequest
        {
            Session = session,
            Text = text == "-" ? Console.In.ReadToEnd().TrimEnd('\n') : text,
            Enter = enter,
            Take = take,
        }).Receipt;
        StandardStreams.PrintLine(receipt);
        if (receipt == "unconfirmed")
        {
            StandardStreams.Complain("the screen did not change after Enter; `tether capture` shows what is there");
            return ExitCodes.Failure;
        }

        return ExitCodes.Done;
    }
}
