using System.CommandLine;
using System.Text;
using System.Text.Json;
using Tether.Protocol.Model;
using Tether.Protocol.Wire;
using Tether.Tui.Connection;
using Tether.Tui.Output;
using Tether.Tui.Terminal;

namespace Tether.Tui.Commands.Outside;

/// <summary>`tether transcript`: what was said in a session, read from the agent's own store.</summary>
internal static class TranscriptCommand
{
    public const string Name = "transcript";

    public const string Examples = """
        tether transcript api              of a session of Tether's, as its agent keeps it
        tether transcript 6f03819a | less -R
        tether transcript api -n 20 -f     the last 20 entries, and what comes
        tether transcript api --tools      what tools were given and brought, whole
        tether transcript api --json | jq -r 'select(.role == "user") | .text'
        """;

    private const int PageEntries = 500;

    private static readonly TimeSpan BetweenLooks = TimeSpan.FromSeconds(1);

    public static Command Build()
    {
        var session = new Argument<string>("session") { Description = "A session's id, beginning or title; or the agent's own id, or a unique beginning of it" };
        var count = NumberOption.Whole("-n", (1, int.MaxValue), "Only so many entries, the last ones", "--last");
        var follow = new Option<bool>("--follow", "-f") { Description = "Go on with what is said from now on" };
        var noThinking = new Option<bool>("--no-thinking") { Description = "Leave out what the agent thought" };
        var tools = new Option<bool>("--tools") { Description = "Show all that tools were given and brought, not only the first lines" };
        var json = new Option<bool>("--json") { Description = "One JSON object a line for each entry" };
        var command = new Command(Name, "Print what was said in an agent's session") { session, count, follow, noThinking, tools, json };
        command.SetAction(result => Run(result.GetRequiredValue(session), result.GetValue(count), result.GetValue(follow), new Printer(
            result.GetValue(json), new TranscriptText(StandardStreams.HasColors, HasThinking: !result.GetValue(noThinking), IsWhole: result.GetValue(tools)))));
        return command;
    }

    private static int Run(string session, int? last, bool follow, Printer printer)
    {
        using var daemon = Connector.OpenClient();
        var from = 0;
        if (last is { } count)
        {
            // Fewer come than there are when they are long: the rest is between.
            from = Math.Max(0, daemon.Ask<TranscriptReply>(new TranscriptRequest { Session = session, Limit = 1 }).Count - count);
        }

        while (true)
        {
            var reply = daemon.Ask<TranscriptReply>(new TranscriptRequest { Session = session, From = from, Limit = PageEntries });
            printer.Print(reply.Entries);
            if (reply.Count < from)
            {
                // The agent went back to an earlier point and on from there.
                from = reply.Count;
            }
            else if (reply.Entries is [.., var newest])
            {
                from = newest.Number + 1;
            }
            else if (!follow)
            {
                return ExitCodes.Done;
            }
            else
            {
                Task.Delay(BetweenLooks, TimeProvider.System).GetAwaiter().GetResult();
            }
        }
    }

    private sealed class Printer(bool json, TranscriptText text)
    {
        public void Print(TranscriptEntry[] entries)
        {
            var output = new StringBuilder();
            foreach (var entry in entries)
            {
                output.Append(json ? JsonSerializer.Serialize(entry, WireJson.Default.TranscriptEntry) + "\n" : text.Of(entry));
            }

            StandardStreams.Print(output.ToString());
        }
    }
}
