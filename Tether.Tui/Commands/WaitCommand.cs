using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Tether.Protocol.Wire;
using Tether.Tui.Attach;
using Tether.Tui.Connection;
using Tether.Tui.Output;
using Tether.Tui.Terminal;

namespace Tether.Tui.Commands;

/// <summary>`tether wait`: until a session ends, falls silent, or shows a text.</summary>
internal static class WaitCommand
{
    public const string Name = "wait";

    public const string Examples = """
        tether wait api                               until it ends
        tether wait api --for idle --timeout 600      until it prints nothing for 2 s; status 124 after 10 minutes
        tether wait api --for 'text:tests? passed' && git push    until a row of the screen matches

        Status 0 only when what was waited for has happened; 4 when the session ended without it, 124 when the time was up.
        """;

    private const string TextPrefix = "text:";
    private const string IdlePrefix = "idle:";
    private const int MostSeconds = 1_000_000_000;

    public static Command Build()
    {
        var session = CommandParts.Session();
        var condition = new Option<string>("--for") { Description = "exit, idle, idle:SECONDS or text:REGEX", DefaultValueFactory = _ => "exit" };
        condition.Validators.Add(Check);
        var timeout = NumberOption.Seconds("--timeout", MostSeconds, "Give up after so many seconds, with status 124; 0: never");
        var json = CommandParts.Json();
        var command = new Command(Name, "Wait until something has happened to a session (4 when it ends without that)") { session, condition, timeout, json };
        command.SetAction(result => Run(Request(
            result.GetRequiredValue(session), result.GetValue(condition)!, result.GetValue(timeout) ?? 0), result.GetValue(json)));
        return command;
    }

    /// <summary>The status for what a wait came to. The end of the session ends every wait, and is what only one of them is for.</summary>
    /// <param name="waitedFor">The request's `for`: exit, idle or text.</param>
    /// <param name="outcome">The reply's: exit, idle, text or timeout.</param>
    public static int StatusOf(string waitedFor, string outcome) => outcome switch
    {
        "timeout" => ExitCodes.TimedOut,
        _ when outcome == waitedFor => ExitCodes.Done,
        _ => ExitCodes.WrongState,
    };

    private static WaitRequest Request(string session, string condition, double timeout)
    {
        var request = new WaitRequest { Session = session, For = condition, TimeoutSeconds = timeout };
        return condition switch
        {
            _ when condition.StartsWith(TextPrefix, StringComparison.Ordinal) => request with { For = "text", Pattern = condition[TextPrefix.Length..] },
            _ when condition.StartsWith(IdlePrefix, StringComparison.Ordinal) => request with { For = "idle", IdleSeconds = Idle(condition) ?? 0 },
            _ => request,
        };
    }

    private static void Check(OptionResult result)
    {
        if (result.Tokens is not [{ Value: var given }])
        {
            return;
        }

        var isKnown = given is "exit" or "idle"
            || (given.StartsWith(TextPrefix, StringComparison.Ordinal) && given.Length > TextPrefix.Length)
            || Idle(given) is not null;
        if (!isKnown)
        {
            result.AddError($"--for {given}: allowed are exit, idle, idle:SECONDS and text:REGEX");
        }
    }

    // Null for what is no `idle:SECONDS`.
    private static double? Idle(string condition) =>
        condition.StartsWith(IdlePrefix, StringComparison.Ordinal)
        && double.TryParse(condition.AsSpan(IdlePrefix.Length), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds)
        && seconds is > 0 and <= MostSeconds
            ? seconds
            : null;

    private static int Run(WaitRequest request, bool json)
    {
        var waited = Ask(request);
        if (json)
        {
            Json.Print(waited, WireJson.Default.WaitReply);
        }
        else
        {
            StandardStreams.PrintLine(waited.Outcome switch
            {
                "exit" => LastWords.Describe(waited.Session),
                "text" => waited.Row ?? "",
                var outcome => outcome,
            });
        }

        var status = StatusOf(request.For, waited.Outcome);
        if (status == ExitCodes.WrongState)
        {
            StandardStreams.Complain($"session {waited.Session.Id} ended before that happened");
        }

        return status;
    }

    // A session outlives the daemon, and so does who waits for it: the next daemon is asked again, for the time that is left.
    private static WaitReply Ask(WaitRequest request)
    {
        var started = Environment.TickCount64;
        while (true)
        {
            try
            {
                using var daemon = Connector.OpenClient();
                return daemon.Ask<WaitReply>(Rest(request, started));
            }
            catch (DaemonException e) when (e.IsGone)
            {
                // Restarting, or killed; `OpenClient` starts one if nobody else does.
            }
        }
    }

    private static WaitRequest Rest(WaitRequest request, long started) => request.TimeoutSeconds == 0
        ? request
        : request with { TimeoutSeconds = Math.Max(0.001, request.TimeoutSeconds - ((Environment.TickCount64 - started) / 1000.0)) };
}
