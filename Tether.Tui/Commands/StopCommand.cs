using System.CommandLine;
using Tether.Protocol.Wire;
using Tether.Tui.Attach;
using Tether.Tui.Connection;
using Tether.Tui.Terminal;

namespace Tether.Tui.Commands;

/// <summary>`tether stop`: ends sessions; without any, the daemon, whose sessions stay.</summary>
internal static class StopCommand
{
    public const string Name = "stop";

    public const string Examples = """
        tether stop 7fk2 api          hang up, then terminate, then kill these sessions' programs
        tether stop api --force       kill at once
        tether stop --all             every running session
        tether stop                   only the daemon; sessions go on, and the next command starts it again
        """;

    public static Command Build()
    {
        var sessions = new Argument<string[]>("sessions") { Description = "Ids, unique beginnings of them, or titles", Arity = ArgumentArity.ZeroOrMore };
        var all = new Option<bool>("--all") { Description = "Every running session" };
        var force = new Option<bool>("--force") { Description = "Kill at once" };
        var command = new Command(Name, "End sessions; without any, stop the daemon (sessions stay)") { sessions, all, force };
        command.Validators.Add(result =>
        {
            if (result.GetValue(all) && result.GetValue(sessions) is { Length: > 0 })
            {
                result.AddError("--all excludes naming sessions");
            }
        });
        command.SetAction(result => Run(result.GetValue(sessions) ?? [], result.GetValue(all), result.GetValue(force)));
        return command;
    }

    private static int Run(string[] names, bool all, bool force)
    {
        if (names.Length == 0 && !all)
        {
            StandardStreams.PrintLine(DaemonControl.Stop(staysDown: true) ? "the daemon has stopped; sessions go on" : "no daemon runs");
            return ExitCodes.Done;
        }

        using var daemon = Connector.OpenClient();
        if (all)
        {
            names = [.. daemon.Ask<SessionsReply>(new ListRequest()).Sessions.Select(session => session.Id)];
        }

        // All are asked at once: each may take its whole grace period.
        var requests = names.Select(name => daemon.Send(new StopRequest { Session = name, Force = force })).ToArray();
        var answers = new AnswerCollector(daemon);
        var status = ExitCodes.Done;
        foreach (var id in requests)
        {
            switch (answers.Await(id))
            {
                case SessionReply stopped:
                    StandardStreams.PrintLine($"{stopped.Session.Id} {LastWords.Describe(stopped.Session)}");
                    break;
                case ErrorReply error:
                    StandardStreams.Complain(error.Message);
                    status = ExitCodes.Of(error.Code);
                    break;
            }
        }

        return status;
    }
}
