using System.CommandLine;
using Tether.Protocol.Wire;
using Tether.Tui.Connection;
using Tether.Tui.Terminal;

namespace Tether.Tui.Commands;

/// <summary>`tether watch`: what happens to sessions, a line each, until interrupted.</summary>
internal static class WatchCommand
{
    public const string Name = "watch";

    public const string Examples = """
        tether watch api              events of one session
        tether watch                  events of all
        tether watch --json | jq -r 'select(.kind == "bell") | .session'
        """;

    public static Command Build()
    {
        var session = CommandParts.OptionalSession();
        var json = new Option<bool>("--json") { Description = "One JSON object a line" };
        var command = new Command(Name, "Print what happens to a session, or to all, a line each") { session, json };
        command.SetAction(result => Run(result.GetValue(session), result.GetValue(json)));
        return command;
    }

    private static int Run(string? session, bool json)
    {
        using var daemon = Connector.OpenClient();
        var only = session is null ? null : SessionLookup.Require(daemon, session);
        daemon.Unasked = incoming => Print(incoming.Message, json);
        daemon.Ask<OkReply>(new SubscribeRequest { Session = only?.Id });
        do
        {
            while (daemon.Connection.TryRead(out var incoming))
            {
                Print(incoming.Message, json);
                if (incoming.Message is SessionEventNotice { Kind: "deleted" } && only is not null)
                {
                    return ExitCodes.Done;
                }
            }
        }
        while (daemon.Connection.Fill());

        throw DaemonException.Gone();
    }

    private static void Print(Message? message, bool json)
    {
        if (message is SessionEventNotice happened)
        {
            StandardStreams.PrintLine(json
                ? System.Text.Encoding.UTF8.GetString(WireJson.Encode(happened))
                : $"{happened.At.ToLocalTime():HH:mm:ss} {happened.Session} {happened.Kind,-12} {happened.Text}".TrimEnd());
        }
    }
}
