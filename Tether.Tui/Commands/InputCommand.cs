using System.CommandLine;
using System.Text.Json;
using Tether.Protocol.Wire;
using Tether.Tui.Connection;
using Tether.Tui.Terminal;

namespace Tether.Tui.Commands;

/// <summary>`tether input`: types a text into a session, behind whatever somebody is typing there, and says how far it came.</summary>
internal static class InputCommand
{
    public const string Name = "input";

    public const string Examples = """
        tether input api "fix the failing test"       typed as one paste, then Enter
        tether input api "draft" --no-enter           only typed
        tether input api "and more" --append          joins what stands there already
        tether input api - < prompt.md                the text from standard input
        tether input api "yes" --take                 although somebody else is in control
        tether input api "go on" --wait 600           waits ten minutes for somebody's draft to be sent or cleared
        tether input api "go on" --now                status 7 at once while somebody's draft stands there
        tether input api "go on" -v                   each step: queued, typed, submitted, accepted

        It never mixes with what somebody is typing: it waits until that is sent or cleared, for 60 seconds unless told otherwise.
        Prints how far it came: `accepted` (the agent went to work), `submitted` (the screen changed after Enter), `typed` (no Enter was
        asked for), all with status 0; `unconfirmed` or `rejected` with status 1; status 7 when a draft was in its way all the time.
        """;

    public static Command Build()
    {
        var session = CommandParts.Session();
        var text = new Argument<string>("text") { Description = "What to type; `-` reads it from standard input" };
        var noEnter = new Option<bool>("--no-enter") { Description = "Do not press Enter behind it" };
        var append = new Option<bool>("--append") { Description = "Join what is typed there already, instead of waiting until it is gone" };
        var wait = NumberOption.Seconds("--wait", 86_400, "How many seconds it may wait for its turn; 60 unless told");
        var now = new Option<bool>("--now") { Description = "Do not wait: status 7 if somebody's draft is in the way" };
        var verbose = new Option<bool>("--verbose", "-v") { Description = "Print each step" };
        var take = CommandParts.Take();
        var json = CommandParts.Json();
        var command = new Command(Name, "Type a text into a session; prints how far it came") { session, text, noEnter, append, wait, now, take, verbose, json };
        command.SetAction(result => Run(
            new InputRequest
            {
                Session = result.GetRequiredValue(session),
                Text = result.GetRequiredValue(text) is "-" ? Console.In.ReadToEnd().TrimEnd('\n') : result.GetRequiredValue(text),
                Enter = !result.GetValue(noEnter),
                Append = result.GetValue(append),
                WaitSeconds = result.GetValue(now) ? 0 : result.GetValue(wait),
                Take = result.GetValue(take),
                Follow = true,
            },
            result.GetValue(verbose),
            result.GetValue(json)));
        return command;
    }

    private static int Run(InputRequest request, bool isVerbose, bool isJson)
    {
        using var daemon = Connector.OpenClient();
        daemon.Unasked = incoming =>
        {
            if (incoming.Message is InputProgressNotice step)
            {
                Show(step, isVerbose, isJson);
            }
        };
        var reply = daemon.Ask<InputReply>(request);
        Print(reply.Receipt, reply.Reason, isJson);
        if (reply.Receipt is SendReceipt.Unconfirmed or SendReceipt.Rejected)
        {
            StandardStreams.Complain($"{reply.Reason ?? "it is not known whether it arrived"}; `tether capture` shows what is there");
            return ExitCodes.Failure;
        }

        return ExitCodes.Done;
    }

    private static void Show(InputProgressNotice step, bool isVerbose, bool isJson)
    {
        if (isVerbose || isJson)
        {
            Print(step.Receipt, step.Reason, isJson);
        }
        else if (step.Receipt == SendReceipt.Queued)
        {
            StandardStreams.Complain($"it waits: {step.Reason}");
        }
    }

    // One object a line.
    private static void Print(string receipt, string? reason, bool isJson) => StandardStreams.PrintLine(
        isJson ? $"{{\"receipt\":{Quoted(receipt)}{(reason is null ? "" : $",\"reason\":{Quoted(reason)}")}}}"
        : reason is null || receipt is SendReceipt.Unconfirmed or SendReceipt.Rejected ? receipt
        : $"{receipt}: {reason}");

    private static string Quoted(string text) => $"\"{JsonEncodedText.Encode(text)}\"";
}
