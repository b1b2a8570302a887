using System.CommandLine;
using Tether.Protocol.Model;
using Tether.Protocol.Wire;
using Tether.Tui.Connection;
using Tether.Tui.Output;
using Tether.Tui.Terminal;

namespace Tether.Tui.Commands.Rules;

/// <summary>`tether rules`: what agents may do unasked, and must not.</summary>
internal static class RulesCommand
{
    public const string Name = "rules";

    public const string Examples = """
        tether rules                  all of them, in the order in which they count
        tether rules ls --json | jq -r '.[] | select(.verdict == "deny") | .id'
        tether rules add --allow --command 'git status' --command 'git diff' --dir ~/api
        tether rules add --deny --command 'git push --force' --note 'ask me'
        tether rules add --allow --tool Bash --session api --for 30m
        tether rules rehearse --allow --command 'npm test'    what it would have done to what you were asked
        tether rules suggest          rules that would have spared you the most, and never decided against you
        tether rules rm r-7x2m4k
        """;

    private static readonly string[] Headings = ["ID", "VERDICT", "WHAT", "LEFT", "FROM"];

    public static Command Build()
    {
        var json = CommandParts.Json();
        var command = new Command(Name, "List, add, try and remove rules for what agents may do unasked") { json, BuildList(), BuildAdd(), BuildRemove(), BuildRehearse(), BuildSuggest() };
        command.SetAction(result => List(result.GetValue(json)));
        return command;
    }

    private static Command BuildList()
    {
        var json = CommandParts.Json();
        var command = new Command("ls", "All rules, those of policy.json and those that were added") { json };
        command.SetAction(result => List(result.GetValue(json)));
        return command;
    }

    private static Command BuildAdd()
    {
        var options = new RuleOptions();
        var command = new Command("add", "Add a rule; it counts at once, and for what is being asked now");
        options.AddTo(command);
        command.SetAction(result =>
        {
            using var daemon = Connector.OpenClient();
            var kept = daemon.Ask<RulesReply>(new AddRuleRequest { Rule = options.Read(result, daemon) }).Rules[0];
            StandardStreams.PrintLine($"{kept.Id}  {RuleText.Of(kept)}");
            return ExitCodes.Done;
        });
        return command;
    }

    private static Command BuildRemove()
    {
        var id = new Argument<string>("rule") { Description = "Its id, as `tether rules` lists it" };
        var command = new Command("rm", "Remove a rule that was added; those of policy.json are removed there") { id };
        command.SetAction(result =>
        {
            using var daemon = Connector.OpenClient();
            daemon.Ask<OkReply>(new RemoveRuleRequest { Rule = result.GetRequiredValue(id) });
            return ExitCodes.Done;
        });
        return command;
    }

    private static Command BuildRehearse()
    {
        var options = new RuleOptions();
        var id = new Argument<string?>("rule") { Description = "A rule's id; or describe one by options", Arity = ArgumentArity.ZeroOrOne };
        var json = CommandParts.Json();
        var command = new Command("rehearse", "What a rule would have done to the requests that you answered") { id, json };
        options.AddTo(command);
        command.SetAction(result =>
        {
            using var daemon = Connector.OpenClient();
            var given = result.GetValue(id);
            if ((given is null) != options.HasVerdict(result))
            {
                throw new TetherException(ExitCodes.Usage, "give a rule's id, or describe one with --allow, --ask or --deny and what it fits");
            }

            var rule = given is null ? options.Read(result, daemon)
                : Array.Find(daemon.Ask<RulesReply>(new RulesRequest()).Rules, rule => rule.Id == given) ?? throw new TetherException(ExitCodes.NoSession, $"there is no rule {given}; `tether rules` lists them");
            var reply = daemon.Ask<RehearseReply>(new RehearseRequest { Rule = rule });
            if (result.GetValue(json))
            {
                Json.Print<Message>(reply, WireJson.Default.Message);
            }
            else
            {
                PrintRehearsal(rule, reply);
            }

            return ExitCodes.Done;
        });
        return command;
    }

    private static Command BuildSuggest()
    {
        var json = CommandParts.Json();
        var command = new Command("suggest", "Rules that would have spared you questions, and never have decided against you") { json };
        command.SetAction(result =>
        {
            using var daemon = Connector.OpenClient();
            var reply = daemon.Ask<SuggestReply>(new SuggestRequest());
            if (result.GetValue(json))
            {
                Json.Print<Message>(reply, WireJson.Default.Message);
                return ExitCodes.Done;
            }

            if (reply.Suggestions.Length == 0)
            {
                StandardStreams.PrintLine("nothing yet: a rule is suggested when you have allowed the same three times and never denied it");
            }

            foreach (var suggestion in reply.Suggestions)
            {
                StandardStreams.PrintLine($"{RuleText.Of(suggestion.Rule)}\n  {suggestion.Why}\n  tether rules add {RuleText.Options(suggestion.Rule)}");
            }

            return ExitCodes.Done;
        });
        return command;
    }

    private static int List(bool json)
    {
        using var daemon = Connector.OpenClient();
        var reply = daemon.Ask<RulesReply>(new RulesRequest());
        if (json)
        {
            Json.Print(reply.Rules, WireJson.Default.PolicyRuleArray);
        }
        else if (reply.Rules.Length == 0)
        {
            StandardStreams.PrintLine("no rules: everything is asked that a session's mode does not allow");
        }
        else
        {
            var now = TimeProvider.System.GetUtcNow();
            Table.Print(Headings, [.. reply.Rules.Select(rule => Row(rule, now))]);
        }

        foreach (var warning in reply.Warnings)
        {
            StandardStreams.Complain(warning);
        }

        return reply.Warnings.Length == 0 ? ExitCodes.Done : ExitCodes.Failure;
    }

    private static string[] Row(PolicyRule rule, DateTimeOffset now) => [rule.Id, RuleText.Verdict(rule), RuleText.What(rule), RuleText.Left(rule, now), rule.Origin];

    private static void PrintRehearsal(PolicyRule rule, RehearseReply reply)
    {
        StandardStreams.PrintLine($"{RuleText.Of(rule)}");
        StandardStreams.PrintLine($"would {RuleText.Verdict(rule)} {reply.Fits} of {reply.Requests} recorded requests, of which you allowed {reply.Allowed} and denied {reply.Denied}");
        foreach (var entry in reply.Against)
        {
            StandardStreams.PrintLine($"  against you: {entry.At.ToLocalTime():yyyy-MM-dd HH:mm}  {entry.Title}{(entry.Reason.Length > 0 ? $" — {entry.Reason}" : "")}");
        }
    }
}
