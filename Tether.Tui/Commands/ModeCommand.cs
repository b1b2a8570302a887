using System.CommandLine;
using Tether.Protocol.Model;
using Tether.Protocol.Wire;
using Tether.Protocol.Wire.Hot;
using Tether.Tui.Connection;
using Tether.Tui.Output;
using Tether.Tui.Terminal;

namespace Tether.Tui.Commands;

/// <summary>`tether mode`: what a session's agent may do unasked.</summary>
internal static class ModeCommand
{
    public const string Name = "mode";

    public const string Examples = """
        tether mode api               what it is
        tether mode api edits         changes of files inside the session's directory are allowed
        tether mode api ask           everything that no rule allows is asked
        tether mode api bypass        everything is allowed but what rules deny or want asked, questions, plans, sub-agents
        """;

    public static Command Build()
    {
        var session = CommandParts.Session();
        var mode = new Argument<string?>("mode") { Description = "ask, edits or bypass", Arity = ArgumentArity.ZeroOrOne };
        var command = new Command(Name, "Show or change what a session's agent may do unasked") { session, mode };
        command.SetAction(result => Run(result.GetRequiredValue(session), result.GetValue(mode)));
        return command;
    }

    /// <exception cref="TetherException">It is no mode.</exception>
    public static ApprovalMode Parse(string text) => text switch
    {
        "ask" or "0" => ApprovalMode.Ask,
        "edits" or "1" => ApprovalMode.AcceptEdits,
        "bypass" or "2" => ApprovalMode.Bypass,
        _ => throw new TetherException(ExitCodes.Usage, $"“{text}” is no approval mode: ask, edits or bypass"),
    };

    private static int Run(string session, string? mode)
    {
        using var daemon = Connector.OpenClient();
        var record = mode is null
            ? SessionLookup.Require(daemon, session)
            : daemon.Ask<SessionReply>(new ApprovalModeRequest { Session = session, Mode = Parse(mode) }).Session;
        StandardStreams.PrintLine(ModelNames.Of(record.Approval));
        return ExitCodes.Done;
    }
}
