using System.CommandLine;
using Tether.Protocol.Wire;
using Tether.Tui.Connection;
using Tether.Tui.Terminal;

namespace Tether.Tui.Commands;

/// <summary>`tether tag`: words to sort sessions by.</summary>
internal static class TagCommand
{
    public const string Name = "tag";

    public const string Examples = """
        tether tag api work urgent    these tags, instead of those it has
        tether tag api                its tags, one a line
        tether tag api --clear        none
        tether ls --tag work
        """;

    public static Command Build()
    {
        var session = CommandParts.Session();
        var tags = new Argument<string[]>("tags") { Description = "At most 16 words of at most 32 characters, without blanks and commas", Arity = ArgumentArity.ZeroOrMore };
        var clear = new Option<bool>("--clear") { Description = "Take all tags away" };
        var command = new Command(Name, "Give a session tags, or show those it has") { session, tags, clear };
        command.SetAction(result => Run(result.GetRequiredValue(session), result.GetValue(tags) ?? [], result.GetValue(clear)));
        return command;
    }

    private static int Run(string session, string[] tags, bool clear)
    {
        if (clear && tags.Length > 0)
        {
            throw new TetherException(ExitCodes.Usage, "give tags or --clear, not both: tags replace those that are there");
        }

        using var daemon = Connector.OpenClient();
        var record = clear || tags.Length > 0
            ? daemon.Ask<SessionReply>(new TagRequest { Session = session, Tags = tags }).Session
            : SessionLookup.Require(daemon, session);
        foreach (var tag in record.Tags)
        {
            StandardStreams.PrintLine(tag);
        }

        return ExitCodes.Done;
    }
}
