using System.CommandLine;
using Tether.Protocol.Model;
using Tether.Protocol.Wire;
using Tether.Tui.Connection;
using Tether.Tui.Terminal;

namespace Tether.Tui.Commands.Queue;

/// <summary>`tether approve`, `tether deny` and `tether answer`: answers to what stands in the queue.</summary>
internal static class AnswerCommands
{
    public const string ApproveName = "approve";
    public const string DenyName = "deny";
    public const string AnswerName = "answer";
    public const string SnoozeName = "snooze";

    public const string ApproveExamples = """
        tether approve 4hx2           this once; a beginning of the id is enough
        tether approve 4hx2 --always prefix        and from now on, as `tether queue -v` words it
        tether approve 4hx2 --input '{"command":"npm test"}'    with another input, where the agent takes one
        """;

    public const string DenyExamples = """
        tether deny 4hx2
        tether deny 4hx2 --reason "use the staging database"    the agent is told why
        """;

    public const string AnswerExamples = """
        tether answer 4hx2 2          the second option
        tether answer 4hx2 "Blue"     an option by its label, or a text where one is taken
        tether answer 4hx2 1 "a,c"    two questions; several options of one with commas
        tether answer 4hx2 --dismiss  it needs nobody any more
        """;

    public const string SnoozeExamples = """
        tether snooze 4hx2 30m        it comes back in half an hour (s, m, h, d)
        tether snooze 4hx2 0          back at once
        """;

    private const string Surface = "cli";

    public static Command BuildApprove()
    {
        var item = Item();
        var always = new Option<string?>("--always") { Description = "Also make the rule of this name; `tether queue -v` lists what there is" };
        var reason = new Option<string>("--reason") { Description = "For the audit log" };
        var input = new Option<string?>("--input") { Description = "Another input for the tool, as a JSON object; `-` reads it from standard input" };
        var command = new Command(ApproveName, "Allow what an agent asks") { item, always, reason, input };
        command.SetAction(result => Send(new AnswerRequest
        {
            Item = result.GetRequiredValue(item),
            Decision = QueueDecision.Allow,
            Always = result.GetValue(always),
            Reason = result.GetValue(reason) ?? "",
            Input = result.GetValue(input) is "-" ? Console.In.ReadToEnd() : result.GetValue(input),
            Surface = Surface,
        }));
        return command;
    }

    public static Command BuildDeny()
    {
        var item = Item();
        var reason = new Option<string>("--reason", "-r") { Description = "Told to the agent, where it takes one" };
        var command = new Command(DenyName, "Deny what an agent asks; it goes on without") { item, reason };
        command.SetAction(result => Send(new AnswerRequest
        {
            Item = result.GetRequiredValue(item),
            Decision = QueueDecision.Deny,
            Reason = result.GetValue(reason) ?? "",
            Surface = Surface,
        }));
        return command;
    }

    public static Command BuildAnswer()
    {
        var item = Item();
        var answers = new Argument<string[]>("answers") { Description = "One for each question: an option's number or label, or a text", Arity = ArgumentArity.ZeroOrMore };
        var dismiss = new Option<bool>("--dismiss") { Description = "It needs nobody any more (finished, failed, ended)" };
        var command = new Command(AnswerName, "Answer an agent's questions") { item, answers, dismiss };
        command.SetAction(result => Answer(result.GetRequiredValue(item), result.GetValue(answers) ?? [], result.GetValue(dismiss)));
        return command;
    }

    public static Command BuildSnooze()
    {
        var item = Item();
        var time = new Argument<string>("time") { Description = "How long: 90s, 30m, 2h, 1d; 0 for back at once" };
        var command = new Command(SnoozeName, "Put an item off; it comes back by itself") { item, time };
        command.SetAction(result => Snooze(result.GetRequiredValue(item), result.GetRequiredValue(time)));
        return command;
    }

    private static Argument<string> Item() => new("item") { Description = "The item's id or a unique beginning of it, as `tether queue` shows it" };

    private static int Answer(string item, string[] given, bool isDismissed)
    {
        if (isDismissed)
        {
            return Send(new AnswerRequest { Item = item, Decision = QueueDecision.Dismiss, Surface = Surface });
        }

        using var daemon = Connector.OpenClient();
        var questions = daemon.Ask<QueueReply>(new QueueRequest()).Items
            .Where(one => one.Id.StartsWith(item, StringComparison.Ordinal)).SelectMany(one => one.Questions).ToArray();
        return Send(daemon, new AnswerRequest
        {
            Item = item,
            Decision = QueueDecision.Answer,
            Answers = [.. given.Select((answer, index) => index < questions.Length && questions[index].Multiple ? Divide(answer, questions[index]) : [answer])],
            Surface = Surface,
        });
    }

    // A label may have a comma itself.
    private static string[] Divide(string answer, QueueQuestion question) =>
        Array.Exists(question.Options, option => option.Label == answer)
            ? [answer]
            : answer.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    private static int Snooze(string item, string time)
    {
        var seconds = DurationText.Seconds(time) ?? throw new TetherException(ExitCodes.Usage, $"“{time}” is no time: 90s, 30m, 2h, 1d, or 0");
        using var daemon = Connector.OpenClient();
        var snoozed = daemon.Ask<ItemReply>(new SnoozeRequest { Item = item, Seconds = seconds }).Item;
        StandardStreams.PrintLine(snoozed.SnoozedUntil is { } until ? $"{snoozed.Id} put off until {until.ToLocalTime():HH:mm:ss}" : $"{snoozed.Id} is back");
        return ExitCodes.Done;
    }

    private static int Send(AnswerRequest request)
    {
        using var daemon = Connector.OpenClient();
        return Send(daemon, request);
    }

    private static int Send(DaemonClient daemon, AnswerRequest request)
    {
        var item = daemon.Ask<ItemReply>(request).Item;
        StandardStreams.PrintLine($"{item.Id} {QueueText.Outcome(item)}");
        return ExitCodes.Done;
    }
}
